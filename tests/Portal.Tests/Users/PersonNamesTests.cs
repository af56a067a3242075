using JobServer.Portal.Users;

namespace JobServer.Portal.Tests.Users;

public sealed class PersonNamesTests
{
    // Not in attributes: what they hold is written as UTF-8, which knows no half characters.
    [Fact]
    public void A_name_with_half_a_character_or_one_that_nobody_sees_is_refused() => Assert.All(
        ["One Person\ud83d", "\ude00One Person", "One Person\0", "One\u202enosreP", "One Person\u200b"],
        name => Assert.Contains("cannot be seen", PersonNames.Problem(name), StringComparison.Ordinal));

    [Fact]
    public void What_people_are_called_is_taken() => Assert.All(["One Person", "Zoë \ud83d\ude00", "李"], name => Assert.Null(PersonNames.Problem(name)));
}
