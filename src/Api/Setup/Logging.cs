using Gateway.Application.Messages;
using Marten.Exceptions;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Gateway.Api.Setup;

/// <summary>Serilog, named nowhere else.</summary>
public static class Logging
{
    /// <summary>One line per event on stdout: for people at a terminal, JSON elsewhere. Numbers arrive masked; text never does.</summary>
    public static void AddLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(log =>
        {
            log.MinimumLevel.Is(LogEventLevel.Information)
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                .MinimumLevel.Override("Wolverine", LogEventLevel.Warning)
                // Marten's error lines carry the parameters of a statement, and those may be numbers and texts.
                .MinimumLevel.Override("Marten", LogEventLevel.Fatal)
                .MinimumLevel.Override("Marten.Events.Daemon", LogEventLevel.Warning)
                // A repeated order runs into its own stream; it is answered, and nobody needs to look.
                .Filter.ByExcluding(e => e.Exception is ExistingStreamIdCollisionException)
                // Tried again a moment later, when the view has caught up.
                .Filter.ByExcluding(e => e.Exception is ThreadTrailsException)
                .MinimumLevel.Override("JasperFx", LogEventLevel.Warning)
                // A refused key is answered; it is no news to the operator.
                .MinimumLevel.Override("Gateway.Api.Access", LogEventLevel.Warning)
                .Enrich.FromLogContext()
                .Enrich.WithProperty("Service", "gateway")
                // Last, so that an operator's "Serilog" section has the last word.
                .ReadFrom.Configuration(builder.Configuration);
            if (builder.Configuration["Logging:Format"] == "text")
            {
                log.WriteTo.Console(
                    outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                    formatProvider: System.Globalization.CultureInfo.InvariantCulture
                );
            }
            else
            {
                log.WriteTo.Console(new RenderedCompactJsonFormatter());
            }
        });
}
