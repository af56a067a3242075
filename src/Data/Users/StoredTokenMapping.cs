using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Users;

internal sealed class StoredTokenMapping : IEntityTypeConfiguration<StoredToken>
{
    public void Configure(EntityTypeBuilder<StoredToken> builder)
    {
        builder.HasKey(token => token.UserId);
        builder.Property(token => token.UserId).ValueGeneratedNever();
        builder.Property(token => token.Protected).HasMaxLength(4000).IsUnicode(false);
        builder.HasOne<User>().WithOne().HasForeignKey<StoredToken>(token => token.UserId);
    }
}
