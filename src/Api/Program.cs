using Gateway.Api.Setup;
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
    var builder = WebApplication.CreateBuilder(args);
    builder.AddLogging();
    builder.AddTime();
    builder.AddStore(database.ConnectionString);
    builder.AddHistory();
    builder.AddExports();
    builder.AddMessaging();
    builder.AddHttp();
    builder.AddAccess();
    builder.AddDevices();
    builder.AddWebhooks();
    builder.AddWatching();

    await using var app = builder.Build();
    if (CommandLine.IsForCode(args))
    {
        return await app.RunJasperFxCommands(args);
    }

    if (CommandLine.IsRebuild(args))
    {
        return await RebuildViews.Run(app.Services, database, Console.Out);
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

/// <summary>The gateway's host; public so that tests can start it.</summary>
public partial class Program;
