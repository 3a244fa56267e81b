using Npgsql;

namespace Gateway.Api.Setup;

/// <summary>Work that one gateway does at a time, of all that share the database; when that one dies, the next may.</summary>
public sealed class Turns(NpgsqlDataSource database)
{
    /// <summary>Null when it is another one's turn.</summary>
    /// <param name="what">The name of the work.</param>
    public async Task<Turn?> Take(string what, CancellationToken stop)
    {
        var connection = await database.OpenConnectionAsync(stop);
        var (turn, isTaken) = (new Turn(connection, what), false);
        try
        {
            isTaken = await turn.Begin(stop);
        }
        finally
        {
            if (!isTaken)
            {
                await connection.DisposeAsync();
            }
        }

        return isTaken ? turn : null;
    }
}

/// <summary>The right to do some work, for as long as a connection lasts.</summary>
public sealed class Turn(NpgsqlConnection connection, string what) : IAsyncDisposable
{
    /// <summary>Throws when it is lost.</summary>
    public Task Hold(CancellationToken stop) => Ask("select length($1) > 0", stop);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ask("select pg_advisory_unlock(hashtext($1))", CancellationToken.None);
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException)
        {
            // The database let go when the connection broke. What broke it is the caller's to tell.
        }

        await connection.DisposeAsync();
    }

    internal Task<bool> Begin(CancellationToken stop) =>
        Ask("select pg_try_advisory_lock(hashtext($1))", stop);

    private async Task<bool> Ask(string question, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(question, connection);
        command.Parameters.Add(new() { Value = what });
        return await command.ExecuteScalarAsync(stop) is true;
    }
}
