namespace ClusterNet.Access.Contracts;

/// <summary>A human being. The id is opaque: it names nobody, and it is the id of the person's account, profile and keys.</summary>
public sealed class Person
{
    private Person()
    {
    }
}
