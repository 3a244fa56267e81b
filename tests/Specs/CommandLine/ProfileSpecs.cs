using Gateway.Cli.Access;
using static Gateway.Specs.Client.Recording;

namespace Gateway.Specs.CommandLine;

public class ProfileSpecs
{
    private const string Work = "login --profile work --url http://work.example --key gk_work";

    [Fact]
    public async Task A_key_is_kept_after_the_gateway_has_accepted_it()
    {
        using var trial = new Trial { Network = new(Json("[]")) };

        var ended = await trial.Run(Work);

        Assert.Equal(0, ended.Code);
        Assert.Equal(new("work", new("http://work.example"), "gk_work"), Kept(trial).ReadCurrent());
        Assert.Equal("Bearer gk_work", trial.Network.Asked[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_key_that_the_gateway_refuses_is_not_kept()
    {
        using var trial = new Trial { Network = new(Problem(401, "api-key-is-invalid", "It is unknown.")) };

        Assert.Equal(4, (await trial.Run(Work)).Code);
        Assert.Null(Kept(trial).ReadCurrent());
    }

    [Fact]
    public async Task A_key_that_may_do_something_else_only_is_a_good_key()
    {
        using var trial = new Trial { Network = new(Problem(403, "scope-is-missing", "It lacks it.")) };

        Assert.Equal(0, (await trial.Run(Work)).Code);
    }

    [Fact]
    public async Task A_key_can_come_from_the_standard_input()
    {
        using var trial = new Trial { Input = " gk_piped\n", Network = new(Json("[]")) };

        await trial.Run("login");

        Assert.Equal("gk_piped", Kept(trial).Read("default")!.Key);
    }

    [Fact]
    public async Task Nobody_else_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // The settings folder belongs to the user alone there.
        }

        using var trial = new Trial { Network = new(Json("[]")) };

        await trial.Run(Work);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept(trial).Path));
    }

    [Fact]
    public async Task The_key_is_never_shown_again()
    {
        using var trial = new Trial { Network = new(Json("[]")) };
        await trial.Run("login --key gk_0123456789abcdef");

        Assert.DoesNotContain("0123456789", (await trial.Run("profiles")).Out);
        Assert.DoesNotContain("0123456789", (await trial.Run("profiles --json")).Out);
    }

    [Fact]
    public async Task A_profile_is_used_until_another_is_or_it_is_forgotten()
    {
        using var trial = new Trial { Network = new(Json("[]"), Json("[]")) };
        await trial.Run("login --profile home --key gk_home");
        await trial.Run(Work);

        Assert.Equal("work", Kept(trial).ReadCurrent()!.Name);
        await trial.Run("profiles use home");
        Assert.Equal("home", Kept(trial).ReadCurrent()!.Name);
        await trial.Run("logout");
        Assert.Equal("work", Kept(trial).ReadCurrent()!.Name);
        Assert.Equal(4, (await trial.Run("profiles use home")).Code);
    }

    [Fact]
    public async Task What_the_line_says_goes_before_the_environment_and_that_before_the_profile()
    {
        using var trial = new Trial { Network = new(Enumerable.Repeat(Json("[]"), 3)) };
        Kept(trial).Keep(new("work", new("http://work.example"), "gk_work"));

        await trial.Run("devices list");
        trial.Variables["GATEWAY_KEY"] = "gk_environment";
        await trial.Run("devices list");
        await trial.Run("devices list --key gk_line");

        Assert.Equal(
            ["Bearer gk_work", "Bearer gk_environment", "Bearer gk_line"],
            trial.Network.Asked.Select(asked => asked.Header("Authorization"))
        );
    }

    [Fact]
    public async Task A_profile_that_is_named_goes_before_the_environment()
    {
        using var trial = Trial.SignedIn(Json("[]"));
        Kept(trial).Keep(new("work", new("http://work.example"), "gk_work"));

        await trial.Run("devices list --profile work");

        Assert.Equal("Bearer gk_work", trial.Network.Asked[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_key_is_shown_to_no_other_address_than_its_own()
    {
        using var trial = new Trial();
        Kept(trial).Keep(new("work", new("http://work.example"), "gk_work"));

        Assert.Equal(4, (await trial.Run("devices list --url http://other.example")).Code);
        Assert.Empty(trial.Network.Asked);
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        using var trial = new Trial();
        Directory.CreateDirectory(Path.GetDirectoryName(Kept(trial).Path)!);
        await File.WriteAllTextAsync(Kept(trial).Path, "{", TestContext.Current.CancellationToken);

        var ended = await trial.Run("devices list");

        Assert.Equal(
            (2, $"{Kept(trial).Path} is damaged; remove it and sign in again.\n"),
            (ended.Code, ended.Error)
        );
    }

    private static ProfileFile Kept(Trial trial) => new(trial.Folder);
}
