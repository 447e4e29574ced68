using ClusterNet.Design;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Languages that mentors speak, each by its own name.</summary>
internal static class Tongues
{
    public static readonly IReadOnlyList<Choice> All =
    [
        new("en", "English"), new("de", "Deutsch"), new("fr", "Français"), new("nl", "Nederlands"), new("it", "Italiano"), new("es", "Español"),
        new("pt", "Português"), new("pl", "Polski"), new("ro", "Română"), new("tr", "Türkçe"), new("uk", "Українська"), new("ar", "العربية"),
    ];

    public static string Codes => string.Join(", ", All.Select(t => t.Value));

    public static bool IsKnown(string code) => All.Any(t => t.Value == code);

    public static string NameOf(string code) => All.FirstOrDefault(t => t.Value == code)?.Text ?? code;
}
