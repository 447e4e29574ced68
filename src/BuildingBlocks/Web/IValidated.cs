using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Web;

/// <summary>A request body that knows its own limits. What depends on anything but the body itself is a decision's business.</summary>
public interface IValidated
{
    /// <summary>Adds every fault, so that the caller can correct all of them at once.</summary>
    void Validate(Faults faults);
}

/// <summary>Runs <see cref="IValidated"/> of every argument before the endpoint, for a whole group of routes.</summary>
internal static class Validation
{
    public static RouteGroupBuilder ValidateBodies(this RouteGroupBuilder api) => api.AddEndpointFilterFactory(static (endpoint, next) =>
    {
        var validated = endpoint.MethodInfo.GetParameters()
            .Where(parameter => parameter.ParameterType.IsAssignableTo(typeof(IValidated)))
            .Select(parameter => parameter.Position)
            .ToArray();
        return validated.Length == 0 ? next : call => Refuse(call, validated) is { } problem ? new(problem) : next(call);
    });

    private static ProblemHttpResult? Refuse(EndpointFilterInvocationContext call, int[] positions)
    {
        var faults = new Faults();
        foreach (var position in positions)
        {
            if (call.GetArgument<IValidated?>(position) is not { } body) continue;
            ListHoles.Find(body, faults);
            if (faults.All.Count == 0) body.Validate(faults);
        }

        return faults.All.Count == 0 ? null : Problems.Invalid(faults.All);
    }
}
