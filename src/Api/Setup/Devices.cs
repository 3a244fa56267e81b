using System.Threading.RateLimiting;
using Gateway.Api.Devices.AgentV1;
using Gateway.Application.Devices;

namespace Gateway.Api.Setup;

/// <summary>Links of devices, and how often somebody may try a pairing code.</summary>
public static class Devices
{
    /// <summary>The name of the limit on pairing.</summary>
    public const string PairingLimit = "pairing";

    private const int TriesPerMinute = 30;

    public static void AddDevices(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Fleet>();
        builder.Services.AddSingleton<AgentSession>();
        builder.Services.AddSingleton<DeviceWords>();
        builder.Services.AddSingleton<DeviceInbox>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DeviceInbox>());
        builder.Services.AddHostedService<Silence>();
        var tries = builder.Configuration.GetValue("Gateway:PairingTriesPerMinute", TriesPerMinute);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(
                PairingLimit,
                http =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        http.Connection.RemoteIpAddress?.ToString() ?? "",
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = tries,
                            Window = TimeSpan.FromMinutes(1),
                        }
                    )
            );
        });
    }
}
