using System.Net;
using System.Net.Sockets;
using System.Reflection;
using ClusterNet.Tests.House;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>The Host asks no other server because somebody wrote its address into a field (CWE-918).</summary>
public sealed class OutboundTests(AllRoles house) : IClassFixture<AllRoles>
{
    /// <summary>Who opens connections, and to whom; all addresses but those of issuers come from settings or the command line, never from a request.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["ClusterNet.Ledger.LogWitnesses"] = "the witnesses that the operator names",
        ["ClusterNet.Ledger.WitnessHttp"] = "the same",
        ["ClusterNet.Auditing.RemoteLog"] = "the log that an auditor names on the command line",
        ["ClusterNet.Host.CommandLine.Audit.ProofFetch"] = "the same",
        ["ClusterNet.Host.CommandLine.Audit.WitnessServer"] = "listens only",
        ["ClusterNet.Host.Demo.DemoApi"] = "the demo's own Host",
        ["ClusterNet.Host.CommandLine.DemoVerb"] = "the same",
        ["ClusterNet.Access.Federation.OutsideHttp"] = "providers and issuers that the operator names, at public addresses only",
        ["ClusterNet.Outgoing.GuardedHttp"] = "issuers that a credential names when it is verified, at public addresses only",
        ["ClusterNet.Outgoing.PublicAddresses"] = "the sockets of the two above; each address is judged before it is connected to",
    };

    private static readonly Type[] Openers = [typeof(HttpClient), typeof(SocketsHttpHandler), typeof(HttpClientHandler), typeof(TcpClient), typeof(Socket), typeof(Dns)];

    [Fact]
    public void Whatever_opens_connections_is_known_and_why()
    {
        var found = new HashSet<string>();
        foreach (var type in Ours())
        {
            foreach (var method in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodBase>())
            {
                if (MethodCalls.Of(method).Any(called => called.DeclaringType is { } to && Openers.Contains(to) && called is ConstructorInfo or MethodInfo { DeclaringType.Name: "Dns" }))
                    found.Add(Outermost(type));
            }
        }

        found.ShouldNotBeEmpty();
        found.Except(Known.Keys).ShouldBeEmpty("opens connections and is not in the list above");
    }

    [Fact]
    public async Task An_address_in_any_text_of_any_body_is_not_visited()
    {
        using var trap = new TcpListener(IPAddress.Loopback, 0);
        trap.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)trap.LocalEndpoint).Port}/";
        var (sent, stored) = (0, 0);
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Body is not null))
        {
            foreach (var (_, with) in BodyTexts.Of(operation.Body!)) // filtered above
            {
                foreach (var text in new[] { address, $"https://firm.example@127.0.0.1:{new Uri(address).Port}/", $"\\\\\\\\127.0.0.1@{new Uri(address).Port}\\\\x" })
                {
                    var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), with($"\"{text}\""));
                    sent++;
                    if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created) stored++;
                    ((int)answer.Status).ShouldBeLessThan(500, $"{operation}: {answer}");
                }
            }
        }

        await house.Host.CaughtUp();
        sent.ShouldBeGreaterThan(100);
        stored.ShouldBeGreaterThan(10);
        trap.Pending().ShouldBeFalse("somebody called");
    }

    private static IEnumerable<Type> Ours() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(a => a.GetName().Name is { } name && name.StartsWith("ClusterNet.", StringComparison.Ordinal) && !name.StartsWith("ClusterNet.Tests", StringComparison.Ordinal))
        .SelectMany(a => a.GetTypes());

    private static string Outermost(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.FullName ?? type.Name;
    }
}
