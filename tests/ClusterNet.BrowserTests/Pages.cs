using Microsoft.Playwright;

namespace ClusterNet.BrowserTests;

/// <summary>Our own pages, each in every state that a reader can meet it in, and the windows they are looked at in.</summary>
internal static class Pages
{
    public const string Start = "start";
    public const string Verification = "verification";
    public const string Mistyped = "mistyped number";
    public const string Unknown = "unknown number";
    public const string InForce = "credential in force";
    public const string Suspended = "suspended credential";
    public const string History = "history";
    public const string CheckedEvent = "checked event";
    public const string UnknownEvent = "unknown event";
    public const string SignIn = "sign-in";
    public const string MyData = "own data";
    public const string Receipt = "receipt of an erasure";
    public const string Missing = "missing page";
    public const string Home = "home of a member";
    public const string SearchForm = "search";
    public const string SearchNothing = "search without a hit";
    public const string SearchTooShort = "search for too little";
    public const string SearchHits = "search with hits";
    public const string Display = "language and display";
    public const string Help = "help";
    public const string Legal = "legal";
    public const string Offline = "offline";
    public const string Design = "design";
    public const string Profiles = "role profiles";
    public const string NewProfile = "new role profile";
    public const string Profile = "role profile";
    public const string Audits = "skills audits";
    public const string NewAudit = "new skills audit";
    public const string Audit = "skills audit";
    public const string Sheet = "sheet of a skills audit";
    public const string AuditResults = "results of a skills audit";
    public const string AuditGaps = "gaps of a skills audit";
    public const string MySkills = "own skills";
    public const string Communities = "communities";
    public const string NewCommunity = "new community";
    public const string Community = "community";
    public const string CommunityMembers = "members of a community";
    public const string CommunityEdit = "managed community";
    public const string CommunityWrite = "new question";
    public const string Discussion = "discussion";
    public const string PostEdit = "edited post";
    public const string PostVersions = "versions of a post";
    public const string PostModerate = "moderated post";
    public const string Moderation = "moderation of a community";
    public const string Contributions = "contributions";
    public const string Wiki = "wiki";
    public const string WikiPage = "page of a wiki";
    public const string WikiEdit = "edited page of a wiki";
    public const string WikiHistory = "history of a page of a wiki";
    public const string Practices = "practices";
    public const string NewPractice = "new practice";
    public const string Practice = "practice";
    public const string PracticeEdit = "corrected practice";
    public const string PracticeVersions = "versions of a practice";
    public const string PracticeUse = "use of a practice";
    public const string ClusterPractices = "practices of a cluster";
    public const string ClusterModeration = "moderation of practices and signals";
    public const string Signals = "signals";
    public const string Signal = "signal";
    public const string SignalEdit = "corrected signal";
    public const string Library = "library";
    public const string LibraryAdd = "new item of a library";
    public const string LibraryAddLink = "new link of a library";
    public const string LibraryItem = "item of a library";
    public const string LibraryVideo = "video of a library";
    public const string LibraryEdit = "edited item of a library";
    public const string LibraryVersion = "new version of an item";
    public const string Learning = "own learning";
    public const string Capture = "capture";
    public const string Mentoring = "mentoring";
    public const string Mentors = "mentors";
    public const string Mentor = "mentor";
    public const string MentorOffer = "offer to mentor";
    public const string MentoringPair = "mentoring of two";
    public const string MentoringCalendar = "calendar of mentoring";
    public const string Programmes = "mentoring programmes";
    public const string Programme = "mentoring programme";
    public const string Plans = "development plans";
    public const string Plan = "development plan";
    public const string Tasks = "learning tasks";
    public const string TaskNew = "new learning task";
    public const string TaskToDo = "learning task to do";
    public const string TaskReported = "reported learning task";
    public const string TaskTemplates = "learning tasks to set again";

    /// <summary>Well formed, and so unlikely to be drawn that no test will meet it.</summary>
    public const string NumberOfNoCredential = "CN-2026-7F3K-9Q2M-T";

    public const int Phone = 390;
    public const int Screen = 1280;

    /// <summary>Of the community that Paula founded.</summary>
    private static readonly string[] OfCommunities =
    [
        Communities, NewCommunity, Community, CommunityMembers, CommunityEdit, CommunityWrite,
        Discussion, PostEdit, PostVersions, PostModerate, Moderation, Contributions,
        Wiki, WikiPage, WikiEdit, WikiHistory,
        Library, LibraryAdd, LibraryAddLink, LibraryItem, LibraryVideo, LibraryEdit, LibraryVersion,
    ];

    /// <summary>Of a practice that Paula described and a signal that she shared; two other firms use the one and speak of the other.</summary>
    private static readonly string[] OfPractices =
    [
        Practices, NewPractice, Practice, PracticeEdit, PracticeVersions, PracticeUse, ClusterPractices, ClusterModeration, Signals, Signal, SignalEdit,
    ];
    private static readonly string[] OfTasks = [Tasks, TaskNew, TaskToDo, TaskReported, TaskTemplates];

    /// <summary>Seen by somebody who is signed in; Paula looks at them.</summary>
    public static readonly string[] OfMembers =
    [
        MyData, Home, SearchForm, SearchNothing, SearchTooShort, SearchHits, Display, Design, Profiles, NewProfile, Profile, Audits, NewAudit, Audit, Sheet, AuditResults,
        AuditGaps, MySkills, Learning, Capture, Mentoring, Mentors, Mentor, MentorOffer, MentoringPair, MentoringCalendar, Programmes, Programme, Plans, Plan,
        .. OfCommunities, .. OfPractices, .. OfTasks,
    ];

    public static readonly string[] All =
    [
        Start, Verification, Mistyped, Unknown, InForce, Suspended, History, CheckedEvent, UnknownEvent, SignIn, MyData, Receipt, Missing, Home, SearchForm, SearchNothing,
        SearchTooShort, SearchHits, Display, Help, Legal, Offline, Design, Profiles, NewProfile, Profile, Audits, NewAudit, Audit, Sheet, AuditResults, AuditGaps, MySkills, Learning, Capture,
        .. OfCommunities, .. OfPractices,
        Mentoring, Mentors, Mentor, MentorOffer, MentoringPair, MentoringCalendar, Programmes, Programme, Plans, Plan,
        .. OfTasks,
    ];

    public static readonly int[] Widths = [Phone, Screen];

    /// <summary>A wide window in the dark: where a look at a page begins (<see cref="Visit.Faults"/>). Colours change at once there.</summary>
    public static BrowserNewContextOptions Desk => new(Window(Screen, ColorScheme.Dark)) { ReducedMotion = ReducedMotion.Reduce };

    public static BrowserNewContextOptions Window(int width, ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = width, Height = width == Screen ? 900 : 844 },
        ColorScheme = scheme,
    };
}
