using Npgsql;

namespace Gateway.EmbeddedPostgres.Cluster;

/// <summary>How to speak to the running server.</summary>
internal sealed class ServerConnection(Postmaster server, string secret, EmbeddedPostgresOptions options)
{
    private const int KeptForPeople = 20;
    private const int LeastPool = 10;

    /// <summary>The one to hand out.</summary>
    public string Text { get; } =
        new NpgsqlConnectionStringBuilder
        {
            Host = options.Port is not null && server.ListensOnTcp ? "127.0.0.1" : server.SocketFolder,
            Port = server.Port,
            Username = InitDb.Role,
            Password = secret,
            Database = options.Database,
            SslMode = SslMode.Disable,
            MaxPoolSize = Math.Max(LeastPool, options.MaxConnections - KeptForPeople),
        }.ConnectionString;

    private string Maintenance =>
        new NpgsqlConnectionStringBuilder(Text)
        {
            Database = "postgres",
            Pooling = false,
            Timeout = 3,
        }.ConnectionString;

    /// <summary>False while the server comes up, recovers or shuts down.</summary>
    /// <exception cref="EmbeddedPostgresException">It answers, and our password is not its password.</exception>
    public async Task<bool> Answers(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Maintenance);
            await connection.OpenAsync(ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new EmbeddedPostgresException(
                $"A PostgreSQL is running in {server.Cluster}, but the password in the file 'secret' beside it is "
                    + "not the one it knows. Restore that file.",
                e
            );
        }
        catch (NpgsqlException)
        {
            // Not now. The caller asks again while the process lives.
            return false;
        }
    }

    /// <summary>Creates the database when it is missing and reads the server's version, such as <c>17.10</c>.</summary>
    public async Task<string> PrepareDatabase(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Maintenance);
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand(
            "select 1 from pg_database where datname = $1",
            connection
        );
        exists.Parameters.Add(new() { Value = options.Database });
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            var name = new NpgsqlCommandBuilder().QuoteIdentifier(options.Database);
            await using var create = new NpgsqlCommand($"create database {name}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }

        return connection.ServerVersion.Split(' ')[0];
    }

    public void ClosePool() => NpgsqlConnection.ClearPool(new NpgsqlConnection(Text));
}
