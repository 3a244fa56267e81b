using System.Reflection;
using Gateway.Api.Archives.Incidents;
using Gateway.Domain.Messages;
using Gateway.Domain.Telephony;
using Gateway.Specs.Events;

namespace Gateway.Specs.Archives;

public class PersonalFieldSpecs
{
    [Fact]
    public void Of_every_field_that_may_hold_words_it_is_known_whether_it_is_personal() =>
        Assert.Empty(
            Fields
                .Where(field =>
                    PersonalFields.Of(field) is null
                    && !PersonalFields.Harmless.Contains(PersonalFields.NameOf(field))
                )
                .Select(field =>
                    $"{PersonalFields.NameOf(field)}: put it on one of the lists of PersonalFields.cs"
                )
        );

    [Fact]
    public void No_field_is_on_both_lists() =>
        Assert.Empty(
            Fields
                .Where(field =>
                    PersonalFields.Of(field) is not null
                    && PersonalFields.Harmless.Contains(PersonalFields.NameOf(field))
                )
                .Select(PersonalFields.NameOf)
        );

    [Fact]
    public void Nothing_is_called_harmless_that_does_not_exist() =>
        Assert.Empty(PersonalFields.Harmless.Except(Fields.Select(PersonalFields.NameOf)));

    private static IReadOnlyList<PropertyInfo> Fields =>
        [.. StoredEvents.All.SelectMany(known => In(known.Type)).DistinctBy(PersonalFields.NameOf)];

    private static IEnumerable<PropertyInfo> In(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(member =>
            {
                var held = Held(member.PropertyType);
                return held == typeof(string) || held == typeof(Msisdn) ? [member]
                    : held.Assembly == typeof(MessageEvent).Assembly ? In(held)
                    : [];
            });

    private static Type Held(Type type) =>
        Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GenericTypeArguments[0] : type);
}
