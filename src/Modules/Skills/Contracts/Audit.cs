namespace ClusterNet.Skills.Contracts;

/// <summary>A skills audit: a campaign in which people of one or more firms are rated against role profiles, until a deadline.</summary>
public sealed class Audit
{
    private Audit()
    {
    }
}

/// <summary>What a role asks for: skills, each with the step of the scale that it needs.</summary>
public sealed class RoleProfile
{
    private RoleProfile()
    {
    }
}
