using ClusterNet.Design;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Capture;

/// <summary>What a form of a learning record sends, as it was typed; people and skills come as chips beside it.</summary>
internal sealed class RecordInput
{
    /// <summary>The step of a form that asks for suggestions instead of saving.</summary>
    public const string Suggest = "suggest";

    public string? What { get; set; }

    public string? Learnt { get; set; }

    public string? Kind { get; set; }

    public string? Minutes { get; set; }

    /// <summary>The day on which it happened, on the reader's calendar.</summary>
    public string? On { get; set; }

    public string? Visibility { get; set; }

    public string? Link { get; set; }

    /// <summary>Of a new record: a photo, or what came of it.</summary>
    public IFormFile? File { get; set; }

    public string? Reason { get; set; }

    public Picked? Person { get; set; }

    public Picked? Skill { get; set; }

    /// <summary>Needed by people of several firms.</summary>
    public string? Firm { get; set; }

    public string? Step { get; set; }

    /// <summary>The device's name for what it captured.</summary>
    public Guid? Capture { get; set; }

    /// <summary>The version on which a correction was written.</summary>
    public long? Version { get; set; }

    /// <summary>What was suggested for the kind: who left it there takes the next suggestion as well.</summary>
    public string? KindOffered { get; set; }

    public string? MinutesOffered { get; set; }

    public string? OnOffered { get; set; }
}
