namespace ClusterNet.Design;

/// <summary>What a <see cref="Picker"/> sends.</summary>
public sealed class Picked
{
    /// <summary>The id of what was chosen; empty when something was typed only.</summary>
    public string? Id { get; set; }

    public string? Text { get; set; }
}
