using System.CommandLine;
using System.Text.Json;
using ClusterNet.Accreditation;
using ClusterNet.Backups;
using ClusterNet.Host.Composition;
using ClusterNet.Privacy;

namespace ClusterNet.Host.CommandLine;

/// <summary>
/// <c>keys show</c> lists the epochs of the key-encryption key; <c>keys rotate</c> begins a new one and destroys the old key; <c>keys
/// replace-credential-key</c> does the like for the key that signs credentials.
/// </summary>
internal static class KeysVerb
{
    public static Command Command(string[] args)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var settings = args.Where(a => a != "--json").ToArray();
        var show = new Command("show", "List the key epochs, their ages and how many data keys each protects") { json };
        show.SetAction((parsed, ct) => Show(settings, parsed.GetValue(json), ct));
        var rotate = new Command("rotate", "Begin a new key epoch: wrap all data keys anew and destroy the old key. Hosts may run meanwhile") { json };
        rotate.SetAction((parsed, ct) => Rotate(settings, parsed.GetValue(json), ct));
        var lost = new Option<bool>("--lost") { Description = "Somebody else may have the old key: nothing that it signed verifies any more" };
        var issuer = new Command("replace-credential-key", "Make a new key for signing credentials and destroy the old one; credentials that it signed stay good") { lost };
        issuer.SetAction((parsed, ct) => ReplaceCredentialKey([.. args.Where(a => a != "--lost")], parsed.GetValue(lost), ct));
        show.TreatUnmatchedTokensAsErrors = rotate.TreatUnmatchedTokensAsErrors = issuer.TreatUnmatchedTokensAsErrors = false;
        return new Command("keys", "The keys of personal data and of credentials") { show, rotate, issuer };
    }

    private static async Task<int> ReplaceCredentialKey(string[] args, bool lost, CancellationToken ct)
    {
        await using var offline = await Offline.Open(args, ct);
        var (old, now, refused) = await AccreditationModule.ReplaceCredentialKey(offline.Services, lost, ct);
        if (refused is null) Console.WriteLine($"Credentials are signed with {now} from now on. {(lost ? $"Nothing that {old} signed verifies any more: tell the holders to take their credentials anew." : $"What {old} signed stays good.")}");
        else await Console.Error.WriteLineAsync(refused);
        return refused is null ? 0 : 1;
    }

    private static async Task<int> Show(string[] args, bool json, CancellationToken ct)
    {
        await using var backbone = await Open(args, ct);
        await Print(backbone, json, ct);
        return 0;
    }

    private static async Task<int> Rotate(string[] args, bool json, CancellationToken ct)
    {
        await using var backbone = await Open(args, ct);
        var copies = new KeyCopies(backbone.Keys, backbone.Mirror, TimeProvider.System);
        var began = await new KeyRotation(backbone.Keys, backbone.Vault, copies, TimeProvider.System).Run(_ => true, ct);
        if (!began) await Console.Error.WriteLineAsync("Another Host begins a new epoch just now; nothing was done. Look with: clusternet keys show");
        await Print(backbone, json, ct);
        return began ? 0 : 1;
    }

    private static Task<Backbone> Open(string[] args, CancellationToken ct) =>
        Backbone.Open(HostSettings.From(WebHost.Builder(args).Configuration), Console.Error.WriteLine, ct);

    private static async Task Print(Backbone backbone, bool json, CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        var epochs = (await KeyEpochs.All(backbone.Keys, ct)).Select(e => new Line(
            e.Name.Number, e.Name.Fingerprint, e.OpenedAt.UtcDateTime, e.ClosedAt?.UtcDateTime, e.DestroyedAt?.UtcDateTime,
            (int)(now - e.OpenedAt).TotalDays, e.LivingKeys)).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { epochs }, JsonSerializerOptions.Web));
            return;
        }

        Console.WriteLine("epoch  fingerprint       opened             age in days  data keys  state");
        foreach (var e in epochs)
            Console.WriteLine($"{e.Epoch,5}  {e.Fingerprint[..16]}  {e.OpenedAt:yyyy-MM-dd HH:mm}Z  {e.AgeDays,11}  {e.DataKeys,9}  {State(e)}");
    }

    private static string State(Line epoch) => epoch switch
    {
        { DestroyedAt: { } at } => $"destroyed {at:yyyy-MM-dd HH:mm}Z",
        { ClosedAt: not null } => "closed, its key waits to be destroyed",
        _ => "open",
    };

    private sealed record Line(int Epoch, string Fingerprint, DateTime OpenedAt, DateTime? ClosedAt, DateTime? DestroyedAt, int AgeDays, long DataKeys);
}
