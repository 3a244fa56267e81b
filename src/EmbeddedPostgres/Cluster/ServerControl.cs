using System.Globalization;
using Gateway.EmbeddedPostgres.Account;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>
/// Starts and stops the server through <c>pg_ctl</c>, which puts it into a session of its own: a Ctrl-C in our
/// terminal reaches us alone, and connections stay open while handlers drain.
/// </summary>
internal sealed class ServerControl(
    ClusterFolder folder,
    PostgresBinaries binaries,
    PostgresAccount account,
    EmbeddedPostgresOptions options
)
{
    private const string FastStopSeconds = "30";
    private const string ImmediateStopSeconds = "10";

    /// <summary>Adopts the server that is already there, such as one that outlived a killed owner, else starts one.</summary>
    public async Task<ServerConnection> AdoptOrStart(string secret, CancellationToken ct)
    {
        await Postmaster.ClearUnreaped(folder.Cluster, options.Log, ct);
        if (await Adopt(secret, ct) is { } adopted)
        {
            options.Log("adopted a running server");
            return adopted;
        }

        await Start(ct);
        var server =
            Postmaster.Running(folder.Cluster)
            ?? throw new EmbeddedPostgresException(
                $"PostgreSQL started and ended at once. See {folder.LogFile}."
            );
        return new(server, secret, options);
    }

    public async Task Stop(CancellationToken ct)
    {
        var end = await PgCtl(["stop", "-m", "fast", "-w", "-t", FastStopSeconds], ct);
        if (!end.IsGood && Postmaster.Running(folder.Cluster) is not null)
        {
            await PgCtl(["stop", "-m", "immediate", "-w", "-t", ImmediateStopSeconds], ct);
        }
    }

    /// <summary>Null when no server is running, or the one that was has just ended.</summary>
    private async Task<ServerConnection?> Adopt(string secret, CancellationToken ct)
    {
        ServerConnection? adopted = null;
        var settled = await Patience.Until(
            async () =>
            {
                var server = Postmaster.Running(folder.Cluster);
                var connection = server is null ? null : new ServerConnection(server, secret, options);
                adopted = connection is not null && await connection.Answers(ct) ? connection : null;
                return server is null || adopted is not null;
            },
            options.StartTimeout,
            ct
        );
        return settled ? adopted : throw StillRecovering();
    }

    private async Task Start(CancellationToken ct)
    {
        var log = new ServerLog(folder.LogFile);
        var seconds = Math.Max(1, (int)options.StartTimeout.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        var settings = ServerSettings.ForShell(options, folder.SocketFolder);
        string[] arguments =
        [
            "start",
            "-D",
            folder.Cluster,
            "-l",
            folder.LogFile,
            "-w",
            "-t",
            seconds,
            "-o",
            settings,
        ];
        var end = await account.RunLeavingServer(binaries.Program("pg_ctl"), arguments, ct);
        if (end.IsGood)
        {
            return;
        }

        throw Postmaster.Running(folder.Cluster) is not null
            ? StillRecovering()
            : new EmbeddedPostgresException(
                $"PostgreSQL did not start ({end.ExitCode}). End of {folder.LogFile}: {log.End()}"
            );
    }

    private Task<ProgramEnd> PgCtl(string[] arguments, CancellationToken ct) =>
        account.Run(binaries.Program("pg_ctl"), [.. arguments, "-D", folder.Cluster], ct);

    private EmbeddedPostgresException StillRecovering() =>
        new(
            $"PostgreSQL in {folder.Cluster} is still recovering after {options.StartTimeout.TotalSeconds} seconds. "
                + "It goes on with that: start again in a while, or give EmbeddedPostgres:StartTimeout more. The "
                + $"log is {folder.LogFile}."
        );
}
