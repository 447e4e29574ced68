using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Occupations;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.Skills;

/// <summary>An occupation as an import brings it.</summary>
internal static class TestOccupation
{
    public static Task Import(RunningHost host, string uri, ValueList<string> essential, ValueList<string> optional, string label = "test clerk") =>
        host.Services.GetRequiredService<Streams<Occupation, OccupationEvent>>().Execute(
            Occupation.StreamOf(uri),
            new ImportOccupation(uri, OccupationKind.Occupation, "1", "3322", null, (essential, optional), [new("en", label, [], [], "", "test")], "test",
                CatalogueVersions.None, DateTimeOffset.UnixEpoch),
            new(CommandMetadata.System("test")), TestContext.Current.CancellationToken);
}
