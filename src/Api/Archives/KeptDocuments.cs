using System.Text.Json;
using Gateway.Application;
using Gateway.Application.Access;
using Gateway.Application.Devices;
using Gateway.Application.Webhooks;
using Marten;
using Npgsql;

namespace Gateway.Api.Archives;

/// <summary>
/// Documents that no fact tells: what webhooks are signed with, how far devices were heard, which pairing codes are
/// out, when keys were used. Without
/// them a gateway that moved could not go on where it was.
/// </summary>
public static class KeptDocuments
{
    /// <summary>By the name in an archive.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } =
        new Dictionary<string, Type>
        {
            ["api_key_use"] = typeof(ApiKeyUse),
            ["fact_cursor"] = typeof(FactCursor),
            ["pairing_code"] = typeof(PairingCode),
            ["webhook_secret"] = typeof(WebhookSecret),
        };

    /// <summary>Those of every tenant, as one connection sees them.</summary>
    public static async Task Write(
        DocumentStore store,
        NpgsqlConnection connection,
        ArchiveWriter archive,
        CancellationToken cancellation
    )
    {
        foreach (var (name, type) in All)
        {
            await store.Storage.Database.EnsureStorageExistsAsync(type, cancellation);
            var table = ((IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(type).TableName;
            await using var command = new NpgsqlCommand(
                $"select tenant_id, data from {table.QualifiedName} order by tenant_id, id",
                connection
            );
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                var data = JsonSerializer.Deserialize<JsonElement>(rows.GetFieldValue<byte[]>(1));
                await archive.Write(new KeptDocument(name, rows.GetString(0), data), cancellation);
            }
        }
    }

    /// <summary>Puts one into a session of its tenant.</summary>
    /// <exception cref="ArchiveIsRefusedException">Nothing here is called so.</exception>
    public static void Store(IDocumentSession session, KeptDocument kept)
    {
        var type =
            All.GetValueOrDefault(kept.Name)
            ?? throw new ArchiveIsRefusedException(
                $"it holds a '{kept.Name}', which this gateway doesn't know; take the gateway that wrote it, or a newer one"
            );
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(kept.Data));
        session.StoreObjects([session.DocumentStore.Options.Serializer().FromJson(type, json)]);
    }
}
