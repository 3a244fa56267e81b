using Gateway.Domain.Rebuilds;
using Npgsql;

namespace Gateway.Api.Rebuilds;

/// <summary>Compares the rows of a view with those of its twin, by content.</summary>
public static class Comparison
{
    private const int MostExamples = 10;

    /// <summary>What came out, seen by one connection: its snapshot decides what is in use.</summary>
    public static async Task<RebuiltView> Of(
        string view,
        long position,
        string inUse,
        string beside,
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        var (rows, digest) = await Digest(beside, connection, stop);
        await using var command = new NpgsqlCommand(
            $"""
            with unlike as (
                select coalesce(u.tenant_id, b.tenant_id) || ' ' || coalesce(u.id, b.id) as row
                from {inUse} u full join {beside} b on b.tenant_id = u.tenant_id and b.id = u.id
                where u.data is distinct from b.data
            )
            select (select count(*) from unlike), array(select row from unlike order by row limit {MostExamples})
            """,
            connection
        )
        {
            CommandTimeout = 0,
        };
        await using var answer = await command.ExecuteReaderAsync(stop);
        await answer.ReadAsync(stop);
        return new(view, position, rows, digest, answer.GetInt64(0), answer.GetFieldValue<string[]>(1));
    }

    /// <summary>
    /// How many rows there are, and a SHA-256 over them: over the SHA-256 of each row, in the order of tenant and id,
    /// gathered by the last two characters of the id so that no list of all rows is ever held.
    /// </summary>
    public static async Task<(long Rows, string Digest)> Digest(
        string table,
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select coalesce(sum(rows), 0)::bigint,
                   encode(sha256(coalesce(string_agg(digest, ''::bytea order by part collate "C"), ''::bytea)), 'hex')
            from (
                select right(id::text, 2) as part, count(*) as rows,
                       sha256(string_agg(sha256(convert_to(concat_ws(E'\n', tenant_id, id::text, data::text), 'UTF8')),
                              ''::bytea order by tenant_id collate "C", id::text collate "C")) as digest
                from {table} group by 1
            ) parts
            """,
            connection
        )
        {
            CommandTimeout = 0,
        };
        await using var answer = await command.ExecuteReaderAsync(stop);
        await answer.ReadAsync(stop);
        return (answer.GetInt64(0), answer.GetString(1));
    }
}
