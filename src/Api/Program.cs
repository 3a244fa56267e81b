using Gateway.Api.Setup;
using Gateway.EmbeddedPostgres;

try
{
    // First in and last out: Marten and Wolverine look for their database as soon as the host is built.
    await using var database = await Database.Open(args);
    var builder = WebApplication.CreateBuilder(args);
    builder.AddLogging();
    builder.AddTime();
    builder.AddStore(database.ConnectionString);
    builder.AddMessaging();
    builder.AddHttp();
    builder.AddAccess();
    builder.AddDevices();
    builder.AddWebhooks();
    builder.AddWatching();

    var app = builder.Build();
    app.UseHttp();
    await app.RunAsync();
    return 0;
}
catch (EmbeddedPostgresException broken)
{
    await Console.Error.WriteLineAsync(broken.Message);
    return 3;
}

/// <summary>The gateway's host; public so that tests can start it.</summary>
public partial class Program;
