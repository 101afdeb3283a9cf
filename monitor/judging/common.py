"""How common a word is in news of the kind, for windows too small to say so themselves.

In a new archive of a dozen articles "said" stands in as few of them as a burglar's name does. So a window is counted
together with `USUAL` articles of a usual time, in which each of these words stands in its share. They are stems as
`sketch.py` makes them, and their shares were counted in the stories of tests/quality, which are retold in our own
words; words that are only ever written with a capital are left out. In a long window its own counts outweigh them.
"""

USUAL = 250  # articles

_SHARES = {
    0.5: """
    and are been crime for force from had has have more officer people police said that the was were with
    year
    """,
    0.28: """
    about after area but call chief commissioner could council home its last month new not one other out
    over polic public report than their them there they two which who will work would
    """,
    0.14: """
    acros against all also arrest asked because before behaviour being between can case cent come
    community concern constable criminal down each every figur first five forc found four fund government
    group help his how inspector into keep local look made make many march may money most national need
    neighbourhood now number offenc office only operation part per plan put record resident road says
    seriou servic service set she should show since social some staff still street such support take team
    this those three time told town train under unit use victim violence want week went what when where
    """,
    0.07: """
    abuse accord act action added almost already among announc another answer anti any around assault
    average back better borough both bring budget build came camera campaign centre chair change charg
    children city clos communit constabulary cost councillor country county court cover crim cut data day
    deal decision deputy detective did domestic drug earlier early end expect face fail fall find fire
    follow front further gave get girl give given goes gone good half head health held her high him hold
    hour incident includ increase independent information investigation join justice knife labour lead
    leader led left line long man meant meet member met million much must near nearly next night off
    offender often open order panel pass patrol pay plac place point post power priority programme protect
    publish reach read response review right rise risk run rural safe safety same say search second see
    several sexual six south start station stop suspect system taken target tax ten theft then thought
    through together too took trust until used vulnerable warn way well west whether while without women
    """,
    0.035: """
    able above accept account accus advice affect again agency ago agre ahead aim allow although alway
    anyone approach approv ask assessment assistant association attack authorit authority award away band
    based become began begin believ bill black break brought buck burglar burglary cabinet cannot car care
    carri carry cars cash caught caus central chairman chang charge check child claim clear close coming
    commander committ committee common compar complaint conduct confidence consider constabl consultation
    contact continu control count counter crown custody cuts days dealt decid demand describ district does
    done driv drive driver due during east effect eight emergency ended enforcement enough even event
    evidence explain exploitation extra far fear federation feel fell few fewer fine focu former forward
    fraud freedom full gather going grant great grow hand handl happen hard harm having hear heard highest
    hope hoped hospital house household improv improve improvement injur inspectorate intelligence
    investigat investment involv issu job joint just kept kill knew kniv know known lack large later
    launch law learn least leav leave less let level life light like likely limit link list little live
    longer lose lost low main major making management mark matter mean measur men mental metropolitan
    might minister misconduct miss move moved murder nationally nine nobody noth offence offer old once
    online organis organisation outside own paid park partner partnership past person pick plann positive
    possible precept present prevent prevention priorit prison problem project promis property prosecution
    protection quarter question quickly rais raise rape rate real receiv recent recommendation recruit
    recruitment reduce reduction region releas remain rescue resourc respond result return reveal rose
    round royal safeguard safer save saving saw scheme school scrutiny secretary section seen seiz sent
    sergeant seven shar share shop shoplift short shut side sign significant site small smaller special
    specialist speed spend spoke standard statistic stay step stopp subject suggest superintendent survey
    tackl tackle taking talk technology tell term test thank think third though threat today tool top
    total treat trial turn urged vehicl vehicle very view violent visible visit volunteer wait watch
    weapon welcom white whole whose within worker young youth
    """,
}

SHARES = {word: share for share, words in _SHARES.items() for word in words.split()}
