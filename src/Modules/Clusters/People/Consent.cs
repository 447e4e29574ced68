using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>
/// Nobody is made somebody's employee by typing an address: a person who belongs elsewhere, or has an account without a firm, has to agree first.
/// </summary>
internal sealed class Consent(Database database, IAccounts accounts)
{
    public static readonly Refusal Needed = new(
        "person-belongs-elsewhere",
        "Somebody with this address has an account or works elsewhere, and has to agree first: invite the person " +
        "(POST /api/v1/clusters/firms/{firm}/invitations).");

    /// <param name="answeredFor">The firms that whoever adds the person answers for.</param>
    public async Task<bool> IsNeeded(Id<Person> person, IReadOnlyCollection<Id<Firm>> answeredFor, CancellationToken ct)
    {
        var worked = await database.Query(
            ClustersModule.Name, Statement.Of("select distinct firm from clusters.employments where person = $1", person.Value),
            r => new Id<Firm>(r.GetGuid(0)), ct);
        if (worked.Count > 0) return !worked.All(answeredFor.Contains);
        return (await accounts.Cards([person], ct)).ContainsKey(person);
    }
}
