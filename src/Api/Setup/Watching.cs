using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gateway.Api.Setup;

/// <summary>Health for load balancers, and metrics and traces where a collector is configured.</summary>
public static class Watching
{
    public static void AddWatching(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddHealthChecks()
            .AddCheck<DatabaseAnswers>("database", tags: ["ready"])
            .AddCheck<ViewsKeepUp>("views", tags: ["ready"]);

        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            return;
        }

        var name = builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given ? given : "gateway";
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name))
            .WithMetrics(metrics =>
                metrics
                    .AddMeter("Wolverine:gateway", "Marten", "Npgsql")
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddOtlpExporter()
            )
            .WithTracing(traces =>
                traces
                    .AddSource("Wolverine", "Marten")
                    .AddNpgsql()
                    .AddAspNetCoreInstrumentation()
                    .AddOtlpExporter()
            );
    }

    public static void MapWatching(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
            .AllowAnonymous();
        app.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions
                {
                    Predicate = check => check.Tags.Contains("ready"),
                    ResponseWriter = Write,
                }
            )
            .AllowAnonymous();
    }

    private static Task Write(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString().ToLowerInvariant(),
                checks = report.Entries.ToDictionary(
                    check => check.Key,
                    check => new
                    {
                        status = check.Value.Status.ToString().ToLowerInvariant(),
                        detail = check.Value.Description,
                    }
                ),
            }
        );

    private sealed class DatabaseAnswers(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken
        )
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy("answers");
            }
            catch (NpgsqlException broken)
            {
                // That it can't be reached is the answer.
                return HealthCheckResult.Unhealthy("can't be reached", broken);
            }
        }
    }
}
