using System.IO.Enumeration;

namespace Gateway.DeviceAgent.Modem.Simulator;

/// <summary>Finds what becomes of a part: the scenario's rules first, then the numbers that mean the same everywhere.</summary>
public sealed class Script
{
    private static readonly Deed Ordinary = new();

    /// <summary>Numbers that end in 0001 to 0009. Documentation, demonstration and tests share them.</summary>
    private static readonly Rule[] WellKnown =
    [
        new(new(Refuse: 38), "*0001"),
        new(new(SilentAfterAccept: true), "*0002"),
        new(new(NeverLeft: 331), "*0003"),
        new(new(Report: new(Spread.Parse("30s"), "46")), "*0004"),
        new(new(Report: new(Never: true)), "*0005"),
        new(new(Report: new(Duplicate: 3, OutOfOrder: true)), "*0006"),
        new(new(ErrorButSent: 500), "*0007"),
        new(new(Reply: new(Spread.Parse("5s"), ["STOP"])), "*0008"),
        new(new(Reply: new(Spread.Parse("3s..20s"), ["yes", "no", "who is this?"])), "*0009"),
    ];

    private readonly Rule[] rules;
    private readonly Chance chance;

    public Script(Scenario scenario)
    {
        rules = [.. scenario.Rules ?? [], .. WellKnown];
        chance = new(scenario.Seed);
    }

    /// <summary>What becomes of this part; an empty deed when nothing is scripted.</summary>
    public Deed For(string to, string text, string subject)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (
                Matches(rules[i], to, text)
                && (rules[i].P >= 1 || chance.Roll(subject, $"rule{i}") < rules[i].P)
            )
            {
                return rules[i].Do;
            }
        }
        return Ordinary;
    }

    private static bool Matches(Rule rule, string to, string text) =>
        (rule.To is null || FileSystemName.MatchesSimpleExpression(rule.To, to, ignoreCase: false))
        && (
            rule.Text is null
            || (
                rule.Text.StartsWith('~')
                    ? text.Contains(rule.Text[1..], StringComparison.OrdinalIgnoreCase)
                    : FileSystemName.MatchesSimpleExpression(rule.Text, text, ignoreCase: true)
            )
        );
}
