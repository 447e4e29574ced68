using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>A cluster, those who have a role in it and in no firm, its standards, and two firms on their way in and out.</summary>
internal sealed class MatrixCluster(RunningHost host, Account first, string name)
{
    public const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";

    /// <summary>What people of firms have wished to learn.</summary>
    public const string Wished = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";

    public string Id { get; private set; } = "";

    public Dictionary<string, Someone> Cast { get; } = [];

    public Dictionary<string, string> Things { get; } = [];

    public Someone Coordinator => Cast["coordinator"];

    public async Task Build()
    {
        Cast["coordinator"] = await Newcomer();
        Id = await Coordinator.Account.Found(name);
        Cast["assessor"] = await Newcomer();
        Cast["decision maker"] = await Newcomer();
        Cast["auditor"] = await Newcomer();
        Things["assessor's role"] = await Grant(Coordinator.Account, Cast["assessor"].Person, "assessor");
        await Grant(Coordinator.Account, Cast["decision maker"].Person, "decision-maker");
        Things["auditor's grant"] = await GiveAuditor(Cast["auditor"]);
        Things["auditor's grant that ends"] = await GiveAuditor(await Newcomer("auditor's grant that ends"));
        foreach (var thing in new[] { "coordinator's role", "role that ends" })
            Things[thing] = await Grant(first, (await Newcomer(thing)).Person, "coordinator");
        foreach (var phase in Candidature.Phases) Things[$"standard of a {phase}"] = await Standard($"{phase} of {name}", true);
        Things["published standard"] = Things[$"standard of a {Candidature.Phases[0]}"];
        Things["free standard"] = await Standard($"Free of {name}", true);
        Things["draft standard"] = await Standard($"Draft of {name}", false);
        foreach (var area in new[] { "Surfaces", "Closing" })
            (await Coordinator.Client.Post($"/skills/clusters/{Id}/areas", new { names = new[] { new { language = "en", name = area } } })).ShouldBe(HttpStatusCode.OK);
        (await Coordinator.Client.Post($"/skills/clusters/{Id}/areas/green/skills", new { uri = Skill, placement = "in" })).ShouldBe(HttpStatusCode.OK);
        await BuildOwnSkills();
        await BuildFirms();
        Things["profile of the cluster"] = (await Coordinator.Client.Post("/skills/profiles", MatrixFirm.ProfileBody((null, Id)))).ShouldBe(HttpStatusCode.Created).Id;
    }

    private async Task BuildOwnSkills()
    {
        foreach (var thing in new[] { "skill to accept", "skill to decline", "skill to send back" }) Things[thing] = await Propose(thing);
        foreach (var thing in new[] { "accepted skill", "skill to merge", "merged skill", "skill to retire" })
        {
            Things[thing] = await Propose(thing);
            (await Coordinator.Client.Post($"/skills/clusters/{Id}/own/{Things[thing]}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        }

        (await Coordinator.Client.Post($"/skills/clusters/{Id}/own/{Things["merged skill"]}/merge", new { into = Things["accepted skill"] })).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> Propose(string label) =>
        (await Coordinator.Client.Post($"/skills/clusters/{Id}/own", OwnSkillBody(label))).ShouldBe(HttpStatusCode.Created).Id;

    public static object OwnSkillBody(string label) =>
        new { type = "skill/competence", words = new[] { new { language = "en", label, description = "" } }, why = "We train it" };

    /// <summary>Somebody with an account and nothing else.</summary>
    public async Task<Someone> Newcomer(string thing = "")
    {
        var newcomer = new Someone(await host.Newcomer(first, "Matrix Person"));
        if (thing.Length > 0) Cast[$"holder of the {thing}"] = newcomer;
        return newcomer;
    }

    public async Task<string> Grant(Account by, string person, string role) =>
        (await by.Client.Post("/access/roles", new { person, role, scopeKind = "cluster", scopeId = Id, reason = "trained" }))
        .ShouldBe(HttpStatusCode.Created).Id;

    private async Task<string> GiveAuditor(Someone auditor) => (await Coordinator.Client.Post("/access/auditor-grants", GrantBody(auditor.Person, Id)))
        .ShouldBe(HttpStatusCode.Created).Id;

    public static object GrantBody(string auditor, string cluster) => new { auditor, cluster, purpose = "Yearly audit", expiresAt = DateTimeOffset.UtcNow.AddDays(30) };

    private async Task BuildFirms()
    {
        var owner = (await Newcomer()).Account;
        Things["firm that applied"] = await owner.Register("Applicant");
        var applies = new { firm = Things["firm that applied"], reason = "To learn together" };
        (await owner.Client.Post($"/clusters/{Id}/memberships", applies)).ShouldBe(HttpStatusCode.Created);
        var suspended = Things["suspended firm"] = await owner.Join(Id, Coordinator.Account, "Suspended");
        (await Coordinator.Client.Post($"/clusters/{Id}/memberships/{suspended}/suspension", new { reason = "Did not pay" })).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> Standard(string title, bool published)
    {
        var id = (await Coordinator.Client.Post($"/accreditation/clusters/{Id}/standards", new
        {
            title,
            version = 1,
            eqfLevel = 4,
            skill = Skill,
            validityMonths = 36,
            outcomes = new[] { new { type = "skill", text = "negotiates" } },
            criteria = new[] { new { code = "N1", text = "prepares" } },
            evidenceRules = new { minItems = 1, minKinds = 1, maxAgeMonths = 24, minMinutes = 0, minConfirmed = 0, minFromOtherFirms = 0 },
            assessors = new { count = 1, sameFirm = false, coolingOffMonths = 24 },
        })).ShouldBe(HttpStatusCode.Created).Id;
        if (published) (await Coordinator.Client.Post($"/accreditation/standards/{id}/publication", null)).ShouldBe(HttpStatusCode.OK);
        return id;
    }
}
