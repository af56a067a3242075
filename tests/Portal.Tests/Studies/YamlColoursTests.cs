using JobServer.Portal.Studies;

namespace JobServer.Portal.Tests.Studies;

public sealed class YamlColoursTests
{
    [Theory]
    [InlineData("version: '3.0'", "Key:version Sign:: Text: '3.0'")]
    [InlineData("  run: python:v2 python a.py # why", "Plain:   Key:run Sign:: Plain: python:v2 python a.py  Comment:# why")]
    [InlineData("    needs: [first, 'b # c']", "Plain:     Key:needs Sign:: Plain: [first, 'b # c']")]
    [InlineData("- 12", "Sign:-  Number:12")]
    [InlineData("run: >", "Key:run Sign:: Sign: >")]
    [InlineData("\"a: b\": true", "Key:\"a: b\" Sign:: Number: true")]
    [InlineData("# all of it", "Comment:# all of it")]
    [InlineData("", "")]
    public void A_line_is_told_apart_by_what_the_eye_needs(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', YamlColours.Of(line).Select(token => $"{token.Kind}:{token.Text}")));

    [Fact]
    public void Nothing_of_any_line_is_lost()
    {
        var random = new Random(3);
        for (var round = 0; round < 2_000; round++)
        {
            var line = new string(random.GetItems<char>("ab:#-'\"[]{}, \t12>|", random.Next(0, 30)));
            Assert.Equal(line, string.Concat(YamlColours.Of(line).Select(token => token.Text)));
        }
    }
}
