using Npgsql;

namespace Gateway.Api.Setup;

/// <summary>Work that one gateway does at a time, of all that share the database.</summary>
public sealed class Alone(NpgsqlDataSource database)
{
    /// <summary>Unless another one has it, which lets go when it ends or dies.</summary>
    /// <param name="what">The name of the work.</param>
    public async Task Do(string what, Func<Task> work, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        if (await Ask(connection, "pg_try_advisory_lock", what, stop) is true)
        {
            try
            {
                await work();
            }
            finally
            {
                await Ask(connection, "pg_advisory_unlock", what, CancellationToken.None);
            }
        }
    }

    private static async Task<object?> Ask(
        NpgsqlConnection connection,
        string function,
        string what,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand($"select {function}(hashtext($1))", connection);
        command.Parameters.Add(new() { Value = what });
        return await command.ExecuteScalarAsync(stop);
    }
}
