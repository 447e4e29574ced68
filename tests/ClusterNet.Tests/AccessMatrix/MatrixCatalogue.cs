using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Skills.Occupations;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>The one occupation of the matrix's catalogue, and the one import.</summary>
internal static class MatrixCatalogue
{
    private const string Uri = "urn:matrix:occupation";
    private static readonly Id<CatalogueIntake> Intake = new(NamedGuid.Of("matrix", "import"));

    public static string Occupation => ClusterNet.Skills.Occupations.Occupation.StreamOf(Uri).ToString();

    public static string Import => Intake.ToString();

    public static async Task Fill(RunningHost host)
    {
        var (metadata, at) = (new Execution(CommandMetadata.System("matrix")), DateTimeOffset.UnixEpoch);
        await host.Services.GetRequiredService<Streams<Occupation, OccupationEvent>>().Execute(
            ClusterNet.Skills.Occupations.Occupation.StreamOf(Uri),
            new ImportOccupation(
                Uri, OccupationKind.Occupation, "1", "3322", null, null, [new("en", "negotiator", [], [], "", "matrix")], "matrix", CatalogueVersions.None, at),
            metadata, CancellationToken.None);
        await host.Services.GetRequiredService<Streams<CatalogueIntake, IntakeEvent>>().Execute(
            Intake.Value, new FinishIntake(new("matrix", false, [], 0, [], [], [new(IntakeChange.Added, 1, [Uri])], [], 0, at)), metadata, CancellationToken.None);
    }
}
