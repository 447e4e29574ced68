using ClusterNet.Access.Contracts;
using ClusterNet.Clusters;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;
using Shouldly;
using Profile = ClusterNet.Tests.Spec<ClusterNet.Clusters.People.PersonProfile, ClusterNet.Clusters.People.PersonProfileEvent>;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Clusters.People.Employment, ClusterNet.Clusters.People.EmploymentEvent>;

namespace ClusterNet.Tests.Clusters;

public class PeopleDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Firm> Acme = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e12"));
    private static readonly Id<Person> Olga = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Person> Ben = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02"));
    private static readonly EmploymentBegan Began = new(Ben, Acme, Position.Employee, "Turner", Olga, Now);
    private static readonly EmploymentEnded Ended = new(Ben, Acme, Position.Employee, "Moved", Olga, Now);
    private static readonly BeginEmployment Begin = new(Ben, Acme, Position.Employee, "Turner", Olga, false, Now);
    private static readonly ChangePosition Promote = new(Position.Manager, "Foreman", Olga, Now);
    private static readonly EndEmployment End = new("Moved", Olga, Now);

    [Fact]
    public void A_person_is_registered_once()
    {
        var registered = new PersonRegistered(Ben, "Ben", "Bolt", "de", Olga, Now);
        var register = new RegisterPerson(Ben, "Ben", "Bolt", "de", Olga, Now);
        Profile.Given().When(register).Then(registered);
        Profile.Given(registered).When(register with { FamilyName = "Nut" }).Then();
    }

    [Fact]
    public void Somebody_begins_to_work() => Spec.Given().When(Begin).Then(Began);

    [Fact]
    public void Who_works_there_already_is_not_added_again() => Spec.Given(Began).When(Begin).Then();

    [Fact]
    public void Who_works_there_in_another_position_is_not_added_again() =>
        Spec.Given(Began).When(Begin with { Position = Position.Trainer }).ThenRefused(BeginEmployment.OtherPosition);

    [Fact]
    public void Who_left_may_come_back() => Spec.Given(Began, Ended).When(Begin).Then(Began);

    [Fact]
    public void Nobody_adds_themselves() => Spec.Given().When(Begin with { By = Ben }).ThenRefused(BeginEmployment.Oneself);

    [Fact]
    public void Who_registers_the_firm_is_the_exception() =>
        Spec.Given().When(Begin with { By = Ben, Founding = true }).Then(Began with { By = Ben });

    [Fact]
    public void A_position_changes_and_remembers_what_it_was() =>
        Spec.Given(Began).When(Promote).Then(new EmploymentPositionChanged(Ben, Acme, Position.Employee, Position.Manager, "Foreman", Olga, Now));

    [Fact]
    public void The_same_position_again_adds_nothing() =>
        Spec.Given(Began).When(new ChangePosition(Position.Employee, "Turner", Olga, Now)).Then();

    [Fact]
    public void Nobody_makes_themselves_manager() => Spec.Given(Began).When(Promote with { By = Ben }).ThenRefused(ChangePosition.Oneself);

    [Fact]
    public void A_manager_may_step_down() =>
        Spec.Given(Began with { Position = Position.Manager }).When(new ChangePosition(Position.Trainer, "Coach", Ben, Now))
            .Then(new EmploymentPositionChanged(Ben, Acme, Position.Manager, Position.Trainer, "Coach", Ben, Now));

    [Fact]
    public void Who_does_not_work_there_has_no_position() => Spec.Given().When(Promote).ThenRefused(Refusals.PersonUnknown);

    [Fact]
    public void Who_left_has_no_position() => Spec.Given(Began, Ended).When(Promote).ThenRefused(Refusals.PersonUnknown);

    [Fact]
    public void Somebody_leaves() => Spec.Given(Began).When(End).Then(Ended);

    [Fact]
    public void Leaving_twice_adds_nothing() => Spec.Given(Began, Ended).When(End).Then();

    [Fact]
    public void Who_never_worked_there_cannot_leave() => Spec.Given().When(End).ThenRefused(Refusals.PersonUnknown);

    [Fact]
    public void Roles_follow_from_positions()
    {
        Position.Owner.Roles().ShouldBe([Role.Manager, Role.Member]);
        Position.Manager.Roles().ShouldBe([Role.Manager, Role.Member]);
        Position.Trainer.Roles().ShouldBe([Role.Trainer, Role.Member]);
        Position.Employee.Roles().ShouldBe([Role.Member]);
    }
}
