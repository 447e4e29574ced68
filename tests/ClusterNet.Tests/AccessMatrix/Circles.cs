namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Whose things a column is asked about, from the caller's own outwards, as matrix.md explains.</summary>
internal static class Circles
{
    /// <summary>The things, with the caller; a visitor is nobody.</summary>
    public static (Someone? Caller, IReadOnlyList<Aim> Aims) Of(MatrixWorld world, MatrixRow row, string column)
    {
        var own = world.Own;
        if (column is Matrix.Visitor or Matrix.Operator)
        {
            var oneself = column == Matrix.Operator && row.Whose == "oneself";
            return (column == Matrix.Visitor ? null : world.Operator, [new("anybody's", own, oneself ? world.Operator : own.Member)]);
        }

        var caller = own.Cast[column];
        return (caller, row.Whose switch
        {
            "–" or "oneself" => [new("own", own, caller)],
            _ when Matrix.OfCluster.Contains(column) => [new("own cluster's", own, own.Member), Elsewhere(world)],
            "cluster" => [new("own cluster's", own, own.ColleagueOf(column)), Elsewhere(world)],
            "firm" => [new("own firm's", own, own.ColleagueOf(column)), Neighbour(world), Elsewhere(world)],
            "person" => [new("own", own, caller), new("colleague's", own, own.ColleagueOf(column)), Neighbour(world), Elsewhere(world)],
            var unknown => throw new FormatException($"matrix.md, line {row.Line}: '{unknown}' says nothing of whose it is."),
        });
    }

    /// <summary>Who could see a thing, if anybody can: its owner, and everybody with a role where it is.</summary>
    public static IEnumerable<Someone> Insiders(MatrixWorld world, Aim aim) =>
        [aim.Owner, .. Matrix.OfFirm.Concat(Matrix.OfCluster).Select(role => aim.Place.Cast[role]), world.Operator];

    private static Aim Neighbour(MatrixWorld world) => new("neighbour firm's", world.Neighbour, world.Neighbour.Member);

    private static Aim Elsewhere(MatrixWorld world) => new("elsewhere", world.Other, world.Other.Member);
}
