using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Access.Erasures.PersonErasure, ClusterNet.Access.Erasures.PersonErasureEvent>;

namespace ClusterNet.Tests.Access;

public class ErasureDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Mira = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"));
    private static readonly ValueList<string> Everything = [.. PersonalDataPolicy.All];
    private static readonly Hold Kept = new(KeyClass.Accreditation, "credential-retention", "law", new DateOnly(2035, 6, 1));
    private static readonly ValueList<string> Free = [.. PersonalDataPolicy.All.Where(c => c != KeyClass.Accreditation)];

    private static PersonErasureRequested Requested => new(Mira, Everything, ErasureBasis.ConsentWithdrawn, Mira, Personal<string>.Erased, Now);

    private static PersonErasureHeld Held => new([Kept], Now);

    [Fact]
    public void Asking_again_adds_nothing() =>
        Spec.Given(Requested).When(new RequestErasure(Mira, Everything, ErasureBasis.ConsentWithdrawn, Mira, Personal<string>.Erased, Now)).Then();

    [Fact]
    public void Without_holds_everything_asked_is_ordered_at_once() =>
        Spec.Given(Requested).When(new OrderErasure([], Now)).Then(new PersonErased(Mira, Everything, ErasureBasis.ConsentWithdrawn, Now));

    [Fact]
    public void What_is_held_waits_with_its_reason_and_the_rest_is_ordered() =>
        Spec.Given(Requested).When(new OrderErasure([Kept], Now)).Then(Held, new PersonErased(Mira, Free, ErasureBasis.ConsentWithdrawn, Now));

    [Fact]
    public void The_same_holds_are_not_noted_twice() => Spec.Given([Requested, Held, .. Carried(Free)]).When(new OrderErasure([Kept], Now)).Then();

    [Fact]
    public void What_was_held_is_ordered_when_the_hold_has_ended() => Spec.Given([Requested, Held, .. Carried(Free)]).When(new OrderErasure([], Now))
        .Then(new PersonErased(Mira, [KeyClass.Accreditation], ErasureBasis.ConsentWithdrawn, Now));

    [Fact]
    public void A_hold_on_what_was_not_asked_holds_nothing() =>
        Spec.Given(Requested with { Classes = [KeyClass.Learning] }).When(new OrderErasure([Kept], Now))
            .Then(new PersonErased(Mira, [KeyClass.Learning], ErasureBasis.ConsentWithdrawn, Now));

    [Fact]
    public void Nothing_is_ordered_while_an_order_is_carried_out() =>
        Spec.Given(Requested, new PersonErased(Mira, Free, ErasureBasis.ConsentWithdrawn, Now)).When(new OrderErasure([], Now)).Then();

    [Fact]
    public void A_step_is_noted_once()
    {
        PersonErasureEvent[] past = [Requested, new PersonErased(Mira, Everything, ErasureBasis.ConsentWithdrawn, Now)];
        Spec.Given(past).When(new NoteStep(ErasureStep.Keys, [], Now)).Then(new PersonErasureStepTaken(ErasureStep.Keys, [], Now));
        Spec.Given([.. past, new PersonErasureStepTaken(ErasureStep.Keys, [], Now)]).When(new NoteStep(ErasureStep.Keys, [], Now)).Then();
    }

    [Fact]
    public void An_erasure_is_complete_only_after_its_last_step()
    {
        var complete = new CompleteErasure([], new DateOnly(2026, 7, 2), Now);
        var carried = Carried(Everything);
        Spec.Given([Requested, .. carried[..^2]]).When(complete).Then();
        Spec.Given([Requested, .. carried[..^1]]).When(complete).Then(new PersonErasureCompleted([], new DateOnly(2026, 7, 2), Now));
        Spec.Given([Requested, .. carried]).When(complete).Then();
    }

    [Theory]
    [InlineData(null, "identity,contact,learning,accreditation,freetext")]
    [InlineData("contact", "identity,contact")]
    [InlineData("freetext,learning", "learning,freetext")]
    public void Name_and_address_go_together(string? asked, string whole) =>
        string.Join(',', ErasureDesk.Whole(asked?.Split(','))).ShouldBe(whole);

    private static PersonErasureEvent[] Carried(ValueList<string> classes) =>
    [
        new PersonErased(Mira, classes, ErasureBasis.ConsentWithdrawn, Now),
        .. Enum.GetValues<ErasureStep>().Select(s => new PersonErasureStepTaken(s, [], Now)),
        new PersonErasureCompleted([], new DateOnly(2026, 7, 2), Now),
    ];
}
