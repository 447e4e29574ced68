using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Standards;

/// <summary>A standard as one caller meets it.</summary>
internal sealed record OpenedStandard(Id<Standard> Id, Standard.Existing State, long Version, bool Coordinates);

/// <summary>Who may read and change which standards: published ones everybody, drafts who has a role in the cluster other than auditor.</summary>
internal sealed class StandardDesk(Streams<Standard, StandardEvent> standards)
{
    public Streams<Standard, StandardEvent> Standards => standards;

    public static string Link(Id<Standard> id) => $"/api/v1/accreditation/standards/{id}";

    public static bool IsOfCluster(Caller caller, Id<Cluster> cluster) =>
        caller.Roles.Any(r => r.Scope == RoleScope.Cluster(cluster) && r.Role != Role.Auditor);

    /// <summary>Null where there is none for this caller.</summary>
    public async Task<OpenedStandard?> Open(Id<Standard> id, Caller caller, CancellationToken ct)
    {
        var loaded = await standards.Load(id.Value, ct);
        if (loaded.State is not Standard.Existing standard) return null;
        if (standard is Standard.Draft && !IsOfCluster(caller, standard.Cluster)) return null;
        return new(id, standard, loaded.Version, caller.Is(Role.Coordinator, RoleScope.Cluster(standard.Cluster)));
    }

    /// <summary>Why somebody may not do what coordinators do with it; null when they may.</summary>
    public async Task<Refusal?> Refused(Id<Standard> id, Caller caller, CancellationToken ct) =>
        await Open(id, caller, ct) is var opened && opened is { Coordinates: true } ? null : WhyNot(opened);

    /// <summary>Why somebody who does not coordinate it may not.</summary>
    public static Refusal WhyNot(OpenedStandard? opened) => opened is null ? PublishStandard.Unknown : AccreditationModule.NotAllowed;

    public async Task<Standard?> FormerOf(OpenedStandard opened, CancellationToken ct) =>
        opened.State.Former is { } former ? (await standards.Load(former.Value, ct)).State : null;
}
