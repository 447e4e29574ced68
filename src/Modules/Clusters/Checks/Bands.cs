namespace ClusterNet.Clusters.Checks;

/// <summary>The thirds of a score from 0 to 100, for both checks.</summary>
internal static class Bands
{
    /// <summary>Below this a score is weak.</summary>
    public const int Middling = 34;

    /// <summary>From here on it is strong.</summary>
    public const int Strong = 67;

    /// <summary>As the names of texts say it.</summary>
    public static string Of(int score) => score < Middling ? "weak" : score < Strong ? "middling" : "strong";
}
