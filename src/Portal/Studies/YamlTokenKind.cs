namespace JobServer.Portal.Studies;

internal enum YamlTokenKind
{
    Plain,
    Comment,
    Key,
    Text,
    Number,
    Sign,
}
