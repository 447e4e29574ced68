using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Collects what is wrong with a document, up to a number that a reader can take in.</summary>
internal sealed class Faults
{
    private const int Most = 50;
    private readonly List<CredentialFault> _faults = [];

    public IReadOnlyList<CredentialFault> All => _faults;

    public void Add(string code, string pointer, string message)
    {
        if (_faults.Count < Most && !_faults.Any(f => f.Code == code && f.Place == pointer)) _faults.Add(new(code, pointer, message));
    }

    /// <summary>An id, if there is one, is a single URL (VC Data Model 2.0, section 4.4).</summary>
    public void Id(JsonElement of, string at, bool required = false)
    {
        if (of.Member("id") is { } id && !(id.ValueKind == JsonValueKind.String && Urls.IsUrl(id.GetString()))) Add("id-not-url", $"{at}/id", "An id is a single URL, such as https://… or did:….");
        else if (required && of.Member("id") is null) Add("id-missing", at, "This needs an id.");
    }

    /// <summary>One type or several, each a word (section 4.5).</summary>
    public void Type(JsonElement of, string at)
    {
        var types = of.Items("type").ToList();
        if (types.Count == 0) Add("type-missing", at, "This does not say of which type it is.");
        else if (types.Any(t => t.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(t.GetString()) || t.GetString()!.Any(char.IsWhiteSpace))) // a string, not null
            Add("type-not-text", $"{at}/type", "A type is a word or a URL.");
    }

    /// <summary>Objects that may stand alone or in an array.</summary>
    public IEnumerable<(JsonElement Item, string At)> Objects(JsonElement of, string name, string at)
    {
        if (of.Member(name) is not { } value) yield break;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0) Add("empty", $"{at}/{name}", "An empty list says nothing: leave it out.");
        var index = 0;
        foreach (var item in of.Items(name))
        {
            var place = value.ValueKind == JsonValueKind.Array ? $"{at}/{name}/{index++}" : $"{at}/{name}";
            if (item.ValueKind == JsonValueKind.Object) yield return (item, place);
            else Add("not-an-object", place, $"What stands under {name} is described by an object.");
        }
    }

    /// <summary>A text that has to be there.</summary>
    public void Text(JsonElement of, string name, string at, bool required = true)
    {
        if (of.Member(name) is not { } value)
        {
            if (required) Add("text-missing", at, $"The {name} is missing.");
        }
        else if (value.ValueKind != JsonValueKind.String || value.GetString() is "") Add("not-a-text", $"{at}/{name}", $"The {name} is a text.");
    }

    public void Url(JsonElement of, string name, string at, bool required = true)
    {
        if (of.Member(name) is not { } value)
        {
            if (required) Add("url-missing", at, $"The {name} is missing.");
        }
        else if (!Urls.IsUrl(value.ValueKind == JsonValueKind.String ? value.GetString() : null)) Add("not-a-url", $"{at}/{name}", $"The {name} is a URL.");
    }
}
