namespace ClusterNet.Design;

/// <summary>How much a button or link asks to be pressed.</summary>
public enum ButtonKind
{
    /// <summary>The one thing that a page or form is for.</summary>
    Primary,

    /// <summary>Everything beside it.</summary>
    Quiet,

    /// <summary>No border: in rows of tables and in bars.</summary>
    Plain,

    /// <summary>What cannot be taken back.</summary>
    Danger,
}

internal static class ButtonKinds
{
    public static string Class(this ButtonKind kind) => kind switch
    {
        ButtonKind.Quiet => "button quiet",
        ButtonKind.Plain => "button plain",
        ButtonKind.Danger => "button danger",
        _ => "button",
    };
}
