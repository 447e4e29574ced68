using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Mail;

/// <summary>Adds the outbox and its worker; data protection must be added by the Host, under one application name on all Hosts.</summary>
public static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<Outbox>().AddSingleton<IMailer>(p => p.GetRequiredService<Outbox>());
        services.AddSingleton(p => new MailWorker(
            p.GetRequiredService<Database>(), p.GetRequiredService<Outbox>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<MailWorker>>()));
        return services.AddHostedService(p => p.GetRequiredService<MailWorker>());
    }
}
