using Gateway.Application.Access;
using Gateway.Domain.Access;
using NodaTime;

namespace Gateway.Specs.Access;

public class AccessSpecs
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 1, 1, 12, 0);
    private static readonly Instant Tomorrow = Noon + Duration.FromDays(1);
    private static readonly ApiKeyCreated Created = new(
        "Shop",
        KeyText.Hash("gk_fictional-key"),
        "gk_fiction",
        [Scopes.SendMessages],
        Tomorrow,
        Noon
    );
    private static readonly ApiKeyRevoked Revoked = new(Noon);

    [Fact]
    public void A_key_is_made_once()
    {
        Given().When(key => ApiKey.Issue(key, Created)).Recorded(Created);
        Given(Created).When(key => ApiKey.Issue(key, Created)).NothingHappens();
    }

    [Fact]
    public void A_scope_that_does_not_exist_is_refused() =>
        Given()
            .When(key => ApiKey.Issue(key, Created with { Scopes = [Scopes.ReadKeys, "messages:delete"] }))
            .Refused(new ScopeIsUnknown("messages:delete"));

    [Fact]
    public void A_key_is_revoked_once_and_for_good()
    {
        Given(Created).When(key => ApiKey.Revoke(key, Noon)).Recorded(Revoked);
        Given(Created, Revoked).When(key => ApiKey.Revoke(key, Tomorrow)).NothingHappens();
        Given().When(key => ApiKey.Revoke(key, Noon)).Refused(new ApiKeyIsUnknown());
        Assert.False(Given(Created, Revoked).State!.IsValid(Noon));
    }

    [Fact]
    public void A_key_is_void_from_its_expiry_on()
    {
        Assert.True(Given(Created).State!.IsValid(Tomorrow - Duration.Epsilon));
        Assert.False(Given(Created).State!.IsValid(Tomorrow));
        Assert.True(Given(Created with { ExpiresAt = null }).State!.IsValid(Tomorrow));
    }

    [Theory]
    [InlineData("messages:send", "messages:send", true)]
    [InlineData("messages:*", "messages:send", true)]
    [InlineData("messages:*", "messages:read", true)]
    [InlineData("messages:*", "devices:read", false)]
    [InlineData("messages:read", "messages:send", false)]
    [InlineData("m:*", "messages:send", false)]
    [InlineData("*", "messages:send", false)]
    [InlineData(":*", "messages:send", false)]
    [InlineData("", "messages:send", false)]
    [InlineData("MESSAGES:SEND", "messages:send", false)]
    public void A_scope_covers_itself_and_a_group_its_members(string granted, string needed, bool allowed) =>
        Assert.Equal(allowed, Scopes.Allow([granted], needed));

    [Fact]
    public void Nothing_granted_allows_nothing() =>
        Assert.All(Scopes.All, scope => Assert.False(Scopes.Allow([], scope)));

    [Fact]
    public void Every_scope_and_every_group_exists_and_nothing_else()
    {
        Assert.All(Scopes.All, scope => Assert.True(Scopes.Exists(scope)));
        Assert.All(Scopes.All, scope => Assert.True(Scopes.Exists($"{scope.Split(':')[0]}:*")));
        Assert.False(Scopes.Exists("*"));
        Assert.False(Scopes.Exists("messages:"));
        Assert.False(Scopes.Exists("letters:*"));
    }

    [Fact]
    public void A_key_is_long_random_and_safe_in_a_header()
    {
        var (one, other) = (KeyText.Make(), KeyText.Make());

        Assert.Matches("^gk_[A-Za-z0-9_-]{43}$", one);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Only_a_hash_and_the_first_characters_of_a_key_are_kept()
    {
        const string Key = "gk_fictional-key";

        Assert.Matches("^[0-9a-f]{64}$", KeyText.Hash(Key));
        Assert.Equal(KeyText.Hash(Key), KeyText.Hash(Key));
        Assert.NotEqual(KeyText.Hash(Key), KeyText.Hash("gk_fictional-kez"));
        Assert.Equal("gk_fiction", KeyText.Shown(Key));
    }

    private static Given<ApiKey> Given(params object[] history) => new(ApiKey.Evolve, history);
}
