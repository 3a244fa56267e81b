using Npgsql;

namespace Gateway.Api.Setup.Log;

/// <summary>Of several nodes on one database one writes exports; when it dies, the next may.</summary>
public sealed class ExportTurns(NpgsqlDataSource database)
{
    /// <summary>Null when it is another node's turn.</summary>
    public async Task<ExportTurn?> Take(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        var turn = new ExportTurn(connection);
        if (await turn.Ask("select pg_try_advisory_lock(hashtext('gateway.exports'))", cancellation))
        {
            return turn;
        }

        await connection.DisposeAsync();
        return null;
    }
}

/// <summary>The right to write exports, for as long as a connection lasts.</summary>
public sealed class ExportTurn(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Throws when it is lost.</summary>
    public Task Hold(CancellationToken cancellation) => Ask("select true", cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await Ask("select pg_advisory_unlock(hashtext('gateway.exports'))", CancellationToken.None);
        }

        await connection.DisposeAsync();
    }

    internal async Task<bool> Ask(string question, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
