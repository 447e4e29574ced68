using System.CommandLine;
using ClusterNet.Skills;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>skills import</c> takes ESCO in as the Commission hands it out.</summary>
internal static class SkillsVerb
{
    public static Command Command(string[] args)
    {
        var files = new Option<string[]>("--file")
        {
            Description = "The classification's zip, a folder, or single files such as skills_fr.csv; repeat it for several, relations included",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var source = new Option<string>("--source")
        {
            Description = "The version, such as \"ESCO 1.1.1\": an older one undoes nothing of a newer one",
            DefaultValueFactory = _ => "ESCO",
        };
        var import = new Command("import", "Import the ESCO skills and say what that changed; a second time adds nothing") { files, source };
        import.TreatUnmatchedTokensAsErrors = false;
        import.SetAction((parsed, ct) => Run(args, parsed.GetRequiredValue(files), parsed.GetRequiredValue(source), ct));
        return new Command("skills", "The skills catalogue") { import };
    }

    private static async Task<int> Run(string[] args, string[] files, string source, CancellationToken ct)
    {
        await using var offline = await Offline.Open(args, ct);
        var progress = new Progress<long>(count => Console.Error.Write($"\r{count} concepts read "));
        var (report, changes) = await SkillsModule.Import(offline.Services, files, source, progress, ct);
        await Console.Error.WriteLineAsync();
        Console.WriteLine($"{report.RowsRead} rows read, {report.Accepted} concepts new or changed, {report.AlreadyThere} known as they are, {report.Rejected} rows rejected");
        foreach (var fault in report.Faults) Console.WriteLine($"  line {fault.Line}, {fault.Column}: {fault.Reason} {fault.Remedy}");
        foreach (var notice in report.Notices) Console.WriteLine($"  {notice.Text}");
        foreach (var change in changes) Console.WriteLine(change);
        return report.FaultCount == 0 ? 0 : 1;
    }
}
