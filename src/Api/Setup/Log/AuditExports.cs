using FluentValidation;
using Gateway.Api.Audit.Exports;
using Gateway.Application.Audit;

namespace Gateway.Api.Setup.Log;

/// <summary>Exports of the log, written in the background.</summary>
public static class AuditExports
{
    public static void AddExports(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidator<NewExport>, NewExport.Validator>();
        services.AddSingleton<ExportStreams>();
        services.AddSingleton<ExportFolder>();
        services.AddSingleton<ExportPages>();
        services.AddSingleton<ExportReads>();
        services.AddSingleton<ExportWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<ExportWriter>());
    }
}
