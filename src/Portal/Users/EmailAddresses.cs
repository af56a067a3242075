using System.Net.Mail;
using JobServer.Domain.Users;

namespace JobServer.Portal.Users;

/// <summary>Addresses that people type.</summary>
internal static class EmailAddresses
{
    /// <returns>Null when mail can be sent there, otherwise what is wrong. Only the mailbox's owner can tell more.</returns>
    public static string? Problem(string? address) => address switch
    {
        null or "" => "Enter an e-mail address, for example name@example.org.",
        { Length: > User.EmailMaxLength } => $"An e-mail address has at most {User.EmailMaxLength} characters.",
        _ when address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';' or '"' or '(' or ')')
            || !MailAddress.TryCreate(address, out var parsed)
            || !string.Equals(parsed.Address, address, StringComparison.Ordinal)
            || !parsed.Host.Contains('.', StringComparison.Ordinal) => "This is not an e-mail address. It looks like name@example.org.",
        _ => null,
    };
}
