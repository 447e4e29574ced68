using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Auditing;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary>What an audit verb says: lines for people, or one JSON document; 0 for all well, 1 for a fault that was found, 2 for a check that could not be made.</summary>
internal sealed class AuditOutput(string verb, bool json)
{
    public const int Well = 0;
    public const int Fault = 1;
    public const int NotRun = 2;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonObject _document = new() { ["verb"] = verb };

    /// <summary>Runs a check; what keeps it from being made is told in one line.</summary>
    public async Task<int> Run(Func<Task<int>> check)
    {
        try
        {
            return await check();
        }
        catch (Exception e) when (e is CannotAuditException or FormatException or IOException or UnauthorizedAccessException || Verbs.IsExplained(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            if (!json) return NotRun;
            _document["result"] = "not-run";
            _document["reason"] = e.Message;
            Console.WriteLine(_document.ToJsonString(Readable));
            return NotRun;
        }
    }

    public AuditOutput With(string member, JsonNode? value)
    {
        _document[member] = value;
        return this;
    }

    /// <summary>Something that people should know while the check goes on, or beside its result.</summary>
    public static void Note(string line) => Console.Error.WriteLine(line);

    /// <summary>All well.</summary>
    public int End(string line)
    {
        _document["result"] = "well";
        Console.WriteLine(json ? _document.ToJsonString(Readable) : line);
        return Well;
    }

    /// <summary>The faults, then in one line what they mean; or that all is well.</summary>
    public int End(AuditFaults faults, string well)
    {
        if (!faults.Any) return End(well);
        _document["result"] = "fault";
        _document["faultCount"] = faults.Count;
        _document["faults"] = new JsonArray([.. faults.Kept.Select(Node)]);
        if (json)
        {
            Console.WriteLine(_document.ToJsonString(Readable));
            return Fault;
        }

        foreach (var fault in faults.Kept) Console.WriteLine($"FAULT  {fault.Where}: {fault.What}");
        if (faults.Count > faults.Kept.Count) Console.WriteLine($"       and {faults.Count - faults.Kept.Count} more; --faults lists more of them");
        Console.WriteLine(faults.Count == 1 ? "1 fault was found." : $"{faults.Count} faults were found.");
        return Fault;
    }

    /// <summary>One fault.</summary>
    public int Refuse(string where, string reason)
    {
        var faults = new AuditFaults(1);
        faults.Add(where, reason);
        return End(faults, "");
    }

    private static JsonNode Node(AuditFault fault) => new JsonObject
    {
        ["where"] = fault.Where,
        ["position"] = fault.Position,
        ["event"] = fault.Event?.ToString("D"),
        ["what"] = fault.What,
    };
}
