using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Users;

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(user => user.Login).HasMaxLength(User.LoginMaxLength);
        builder.Property(user => user.FullName).HasMaxLength(User.NameMaxLength);
        builder.Property(user => user.Email).HasMaxLength(User.EmailMaxLength);
        builder.Property(user => user.NotificationsEmail).HasMaxLength(User.EmailMaxLength);
        builder.Property(user => user.UnverifiedEmail).HasMaxLength(User.EmailMaxLength);
        builder.Property(user => user.PictureAddress).HasMaxLength(User.PictureAddressMaxLength);
        builder.Ignore(user => user.NotificationAddress);
        builder.HasIndex(user => user.Login).IsUnique();
        builder.HasIndex(user => user.GitHubId).IsUnique();
        builder.HasMany(user => user.Roles).WithOne().HasForeignKey(role => role.UserId);
    }
}
