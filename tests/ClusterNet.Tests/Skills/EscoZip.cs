using System.IO.Compression;
using System.Text;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Tests.Skills;

/// <summary>Small archives made on the spot, in a folder that goes away with the test.</summary>
internal sealed class EscoZip : IDisposable
{
    internal const string Header = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status\n";

    internal string Folder { get; } = Directory.CreateTempSubdirectory("esco-").FullName;

    internal static string Uri(string id) => $"http://data.europa.eu/esco/skill/{id}";

    internal static string Row(string id, string label, string altLabels = "") =>
        $"KnowledgeSkillCompetence,{Uri(id)},knowledge,cross-sector,{label},\"{altLabels}\",released\n";

    internal string Zip(string name, params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(Folder, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entryName, text) in entries)
        {
            using var entry = zip.CreateEntry(entryName).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }

        return path;
    }

    internal string File(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    internal static Task<(List<EscoConcept> Concepts, EscoArchive Archive)> Read(params string[] paths) => Read(EscoLimits.Default, paths);

    internal static async Task<(List<EscoConcept> Concepts, EscoArchive Archive)> Read(EscoLimits limits, params string[] paths)
    {
        using var archive = EscoArchive.Open(limits, paths);
        List<EscoConcept> concepts = [];
        await foreach (var concept in archive.ReadAsync(TestContext.Current.CancellationToken))
            concepts.Add(concept);
        return (concepts, archive);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
