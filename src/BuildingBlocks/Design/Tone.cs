namespace ClusterNet.Design;

/// <summary>What a message, badge or step means; colour, sign and words say the same.</summary>
public enum Tone
{
    Info,
    Good,

    /// <summary>Something is under way, or needs care.</summary>
    Wait,
    Bad,
}

/// <summary>How a tone looks.</summary>
public static class Tones
{
    /// <summary>Its class in the style sheets.</summary>
    public static string Class(this Tone tone) => tone switch { Tone.Good => "good", Tone.Wait => "wait", Tone.Bad => "bad", _ => "info" };

    /// <summary>Its sign in the set of icons.</summary>
    public static string Sign(this Tone tone) => tone switch { Tone.Good => "circle-check", Tone.Wait => "clock", Tone.Bad => "circle-alert", _ => "info" };
}
