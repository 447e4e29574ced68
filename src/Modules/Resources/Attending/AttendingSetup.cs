using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Attending;

/// <summary>What happens around a session adds this to the module.</summary>
internal static class AttendingSetup
{
    public static IServiceCollection AddAttending(this IServiceCollection services)
    {
        services.AddSingleton<Attendees>().AddSingleton<DoorCodes>().AddSingleton<Certificates>().AddSingleton<CertificatePaper>();
        services.AddRelay<AttendanceLearning>();
        services.AddSingleton<IHomeTasks, AttendanceTasks>();
        return services.AddSingleton<SessionClock>().AddHostedService(p => p.GetRequiredService<SessionClock>());
    }

    public static void MapAttending(this IEndpointRouteBuilder routes)
    {
        routes.MapNamePeople();
        routes.MapNoteAttendance();
        routes.MapCheckIn();
        routes.MapGiveFeedback();
        routes.MapCertificates();
    }
}
