using System.Runtime.InteropServices;
using Gateway.Api.Archives;
using Gateway.Application;
using Gateway.Application.Access;
using Gateway.Domain.Access;
using Marten;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;
using Npgsql;
using Wolverine.Runtime;

namespace Gateway.Api.Setup.Archives;

/// <summary>
/// Shows an archive as a gateway would: on a database of its own that is gone afterwards, and to which the server that
/// answers can't write.
/// </summary>
public static class Sandbox
{
    private const int Refused = 7;
    private const int Interrupted = 130;

    /// <param name="filling">Of a host that is never started: it may write.</param>
    /// <param name="open">Makes the host that answers, on a connection.</param>
    public static async Task<int> Run(
        string path,
        IServiceProvider filling,
        Database database,
        Func<string, WebApplication> open
    )
    {
        // Before a host listens for it, Ctrl-C would leave the database behind.
        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        IReadOnlyList<(string Tenant, string Key)> keys;
        try
        {
            var import = filling.GetRequiredService<ArchiveImport>();
            ImportArchive.Say(path, await import.Run(path, ArchiveKinds.All, stop.Token), Console.Out);
            await filling.GetRequiredService<IWolverineRuntime>().Storage.Admin.MigrateAsync();
            keys = await MakeKeys(filling);
        }
        catch (Exception refused)
            when (refused is ArchiveIsRefusedException or IOException or UnauthorizedAccessException)
        {
            await Console.Out.WriteLineAsync($"{path} can't be looked into: {refused.Message.TrimEnd('.')}.");
            return Refused;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }

        var readOnly = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = "-c default_transaction_read_only=on",
        };
        await using var app = open(readOnly.ConnectionString);
        app.RefuseChanges();
        app.UseHttp();
        await app.StartAsync();
        Announce(app, keys);
        await app.WaitForShutdownAsync(stop.Token);
        return 0;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>One for each tenant. None is a fact: they stand in the view that keys are looked up in, and nowhere else.</summary>
    private static async Task<IReadOnlyList<(string, string)>> MakeKeys(IServiceProvider filling)
    {
        var store = filling.GetRequiredService<IDocumentStore>();
        var now = filling.GetRequiredService<IClock>().GetCurrentInstant();
        string[] scopes = [.. Scopes.All.Where(scope => scope.EndsWith(":read", StringComparison.Ordinal))];
        var keys = new List<(string, string)>();
        foreach (var tenant in await Tenants(filling.GetRequiredService<NpgsqlDataSource>()))
        {
            var (id, text) = (Guid.CreateVersion7(), KeyText.Make());
            var (hash, shown) = (KeyText.Hash(text), KeyText.Shown(text));
            var key = new ApiKey(id, "sandbox", hash, shown, scopes, now, null, null);
            await using var session = store.LightweightSession(tenant);
            session.Store(new ApiKeyEntry(id, hash, tenant, key));
            await session.SaveChangesAsync();
            keys.Add((tenant, text));
        }

        return keys;
    }

    private static async Task<IReadOnlyList<string>> Tenants(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            $"select distinct tenant_id from gateway.mt_streams where tenant_id <> '{SystemTenant.Name}' order by 1"
        );
        await using var rows = await command.ExecuteReaderAsync();
        var tenants = new List<string>();
        while (await rows.ReadAsync())
        {
            tenants.Add(rows.GetString(0));
        }

        return tenants;
    }

    private static void Announce(WebApplication app, IReadOnlyList<(string Tenant, string Key)> keys)
    {
        var server = app.Services.GetRequiredService<IServer>();
        Console.WriteLine($"Sandbox {server.Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        foreach (var (tenant, key) in keys)
        {
            Console.WriteLine($"Key {key} of tenant {tenant}");
        }

        Console.WriteLine("Read-only. Ctrl-C ends it, and nothing of it stays.");
    }
}
