using Gateway.Application;
using Gateway.Domain;

namespace Gateway.Api.Setup.Archives;

public sealed record SandboxIsReadOnly()
    : Rejection(
        "sandbox-is-read-only",
        RejectionKind.Conflict,
        "A sandbox shows what was, and changes nothing."
    );

/// <summary>A gateway in which nothing happens by itself, and nothing is done that is asked for.</summary>
public static class ReadOnly
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <param name="isOn">When it is not, everything stays as it is.</param>
    public static void AddReadOnly(this WebApplicationBuilder builder, bool isOn)
    {
        builder.Services.AddSingleton(new ReadOnlyMode(isOn));
        if (!isOn)
        {
            return;
        }

        // Whatever works in the background is left out: views, sweeps, links, webhooks, the first key. The web's own
        // server is added later.
        foreach (
            var work in builder
                .Services.Where(service => service.ServiceType == typeof(IHostedService))
                .ToList()
        )
        {
            builder.Services.Remove(work);
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Serilog:MinimumLevel:Default"] = "Warning",
                ["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Warning",
            }
        );
    }

    /// <summary>Refuses, before anything else is looked at, what could change something.</summary>
    public static void RefuseChanges(this WebApplication app) =>
        app.Use(
            (http, next) =>
                Reading.Contains(http.Request.Method) && !http.Request.Path.StartsWithSegments("/agent")
                    ? next(http)
                    : new SandboxIsReadOnly().ToProblem().ExecuteAsync(http)
        );
}
