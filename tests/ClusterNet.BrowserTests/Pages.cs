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

    /// <summary>Well formed, and so unlikely to be drawn that no test will meet it.</summary>
    public const string NumberOfNoCredential = "CN-2026-7F3K-9Q2M-T";

    public const int Phone = 390;
    public const int Screen = 1280;

    /// <summary>Seen by somebody who is signed in; Paula looks at them.</summary>
    public static readonly string[] OfMembers = [MyData, Home, SearchForm, SearchNothing, SearchTooShort, SearchHits, Display, Design];

    public static readonly string[] All =
    [
        Start, Verification, Mistyped, Unknown, InForce, Suspended, History, CheckedEvent, UnknownEvent, SignIn, MyData, Receipt, Missing, Home, SearchForm, SearchNothing,
        SearchTooShort, SearchHits, Display, Help, Legal, Offline, Design,
    ];

    public static readonly int[] Widths = [Phone, Screen];
    public static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    public static BrowserNewContextOptions Window(int width, ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new() { Width = width, Height = width == Screen ? 900 : 844 },
        ColorScheme = scheme,
    };
}
