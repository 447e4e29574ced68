using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>Who rates whom, unless somebody chooses otherwise.</summary>
public class AssigningTests
{
    private static readonly Id<Firm> Acme = new(Guid.NewGuid());
    private static readonly Id<RoleProfile> Welder = new(Guid.NewGuid()), Seller = new(Guid.NewGuid());

    [Fact]
    public void Nobody_rates_twice_and_load_is_even() => Prop.ForAll(
        Gen.Choose(1, 40).ToArbitrary(),
        size =>
        {
            var staff = Staff(size);
            var plan = Assigning.Plan(staff, [], [Welder], RaterScheme.ThreeQuarters, staff[0].Person);
            plan.Count.ShouldBe(size);
            foreach (var p in plan)
            {
                p.Peers.ShouldBeUnique();
                p.Peers.ShouldNotContain(p.Person);
                if (p.Manager is { } manager) p.Peers.ShouldNotContain(manager);
                p.Peers.Count.ShouldBe(Math.Min(Assigning.UsualPeers, size - (p.Manager is null ? 1 : 2)));
            }

            staff.Skip(1).Select(s => plan.Count(p => p.Peers.Contains(s.Person))).ShouldAllBe(n => n <= Assigning.UsualPeers + 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Holders_of_the_profiles_are_rated_with_what_they_hold()
    {
        var staff = Staff(4);

        var plan = Assigning.Plan(staff, [(staff[2].Person, Seller)], [Welder, Seller], RaterScheme.Half, staff[0].Person);

        plan.ShouldHaveSingleItem().ShouldBe(new(staff[2].Person, [Seller], staff[0].Person, []));
    }

    [Fact]
    public void Where_nobody_holds_one_everybody_is_rated_by_all_profiles() =>
        Assigning.Plan(Staff(3), [], [Welder, Seller], RaterScheme.Self, Staff(3)[0].Person).ShouldAllBe(p => p.Profiles.Count == 2 && p.Manager == null && p.Peers.Count == 0);

    [Fact]
    public void The_manager_is_rated_by_another_who_leads()
    {
        EmploymentCard[] staff = [.. Staff(3), new(new(Guid.NewGuid()), Acme, Position.Manager)];

        var plan = Assigning.Plan(staff, [], [Welder], RaterScheme.Half, staff[0].Person);

        plan.Single(p => p.Person == staff[0].Person).Manager.ShouldBe(staff[3].Person);
        plan.Where(p => p.Person != staff[0].Person).ShouldAllBe(p => p.Manager == staff[0].Person);
    }

    private static EmploymentCard[] Staff(int size) =>
        [.. Enumerable.Range(0, size).Select(i => new EmploymentCard(new(NamedGuid.Of("staff", $"{i}")), Acme, i == 0 ? Position.Owner : Position.Employee))];
}
