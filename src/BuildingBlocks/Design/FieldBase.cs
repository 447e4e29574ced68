using Microsoft.AspNetCore.Components;

namespace ClusterNet.Design;

/// <summary>What all fields of forms have in common: a label, a hint, an error, and the ties between them (WCAG 1.3.1, 3.3.1, 3.3.2).</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The name that the form sends, such as <c>Form.Email</c>.</summary>
    [Parameter]
    [EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What helps to fill it in; always visible.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong and how to put it right; null for nothing.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>A field that may stay empty says so beside its label.</summary>
    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The element's id; without it, one made of <see cref="Name"/>.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Everything else goes to the control: autocomplete, maxlength, inputmode, …</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Others { get; set; }

    protected string Key => Id ?? IdOf(Name);

    protected string? Described => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Key}-hint",
        (null, _) => $"{Key}-error",
        _ => $"{Key}-hint {Key}-error",
    };

    protected string? Invalid => Error is null ? null : "true";

    /// <summary>The id of the element of the field with this name.</summary>
    internal static string IdOf(string name) => name.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal).ToLowerInvariant();
}
