using Gateway.Api.Setup;
using Gateway.Api.Setup.Archives;
using Gateway.Api.Setup.Log;
using Gateway.Api.Setup.Rebuild;
using Gateway.EmbeddedPostgres;
using JasperFx;
using Microsoft.AspNetCore.Connections;

if (CommandLine.Answer(args) is { } answer)
{
    Console.WriteLine(answer.Text);
    return answer.ExitCode;
}

try
{
    // Settings are read once: watching their folder for changes would watch the database's files too.
    Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    // First in and last out: Marten and Wolverine look for their database as soon as the host is built.
    await using var database = await Database.Open(args);
    await using var app = Build(args, database.ConnectionString);
    if (CommandLine.IsForCode(args))
    {
        return await app.RunJasperFxCommands(args);
    }

    if (CommandLine.IsRebuild(args))
    {
        return await RebuildViews.Run(app.Services, database, Console.Out);
    }

    if (CommandLine.ImportOf(args) is { } archive)
    {
        return await ImportArchive.Run(archive, app.Services, database, Console.Out);
    }

    if (CommandLine.SandboxOf(args) is { } file)
    {
        return await Sandbox.Run(file, app.Services, database, connection => Build(args, connection));
    }

    app.UseHttp();
    database.Announce(app.Logger);
    await app.RunAsync();
    return 0;
}
catch (EmbeddedPostgresException broken)
{
    await Console.Error.WriteLineAsync(broken.Message);
    return 3;
}
catch (IOException taken) when (taken.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{taken.Message} Set ASPNETCORE_URLS to listen elsewhere.");
    return 4;
}

static WebApplication Build(string[] args, string connectionString)
{
    var builder = WebApplication.CreateBuilder(CommandLine.SettingsIn(args));
    builder.AddLogging();
    builder.AddTime();
    builder.AddStore(connectionString);
    builder.AddHistory();
    builder.AddExports();
    builder.AddMessaging();
    builder.AddHttp();
    builder.AddAccess();
    builder.AddDevices();
    builder.AddWebhooks();
    builder.AddWatching();
    builder.AddReadOnly(CommandLine.SandboxOf(args) is not null);
    return builder.Build();
}

/// <summary>The gateway's host; public so that tests can start it.</summary>
public partial class Program;
